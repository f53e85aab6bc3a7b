using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Eve.Demo;

const int Refused = 1, Failed = 1, Interrupted = 130;

var name = new Option<string>("--name") { Description = "The demo's namespaces begin with it; there is one demo of a name.", DefaultValueFactory = _ => "evedemo" };
var folder = new Option<string>("--folder") { Description = "Where the lab keeps its files.", DefaultValueFactory = _ => "dist/demo" };
var zedbox = new Option<string>("--zedbox") { Description = "The device's program.", DefaultValueFactory = _ => "dist/zedbox" };
var controller = new Option<string>("--controller") { Description = "The controller's assembly (LocalController.dll)." };
var image = new Option<string>("--image") { Description = "The application's disk image (qcow2)." };
var rate = new Option<int?>("--rate") { Description = "How many bytes a second the datastore sends." };
var spent = new Option<string[]>("--spent") { Description = "PHASE=SECONDS: what took time before the demo." };
var keep = new Option<bool>("--keep") { Description = "Leave everything running." };
var check = new Option<bool>("--check") { Description = "Only say whether another demo is in the way." };
var stopOnly = new Option<bool>("--stop") { Description = "Only end the demo that runs, or what one left." };

// However it is told to end, it cleans up first; a second Ctrl-C changes nothing.
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

var command = new RootCommand("A controller, a device, an application: ends by printing what the application answers over HTTP.")
{
    name, folder, zedbox, controller, image, rate, spent, keep, check, stopOnly,
};
command.SetAction(async given =>
{
    var tenancy = new Tenancy(given.GetRequiredValue(name), Path.GetFullPath(given.GetRequiredValue(folder)), Narrator.Say);
    if (given.GetValue(check))
    {
        if (tenancy.Refusal() is not { } refusal)
            return 0;
        Narrator.Say(refusal);
        return Refused;
    }
    if (given.GetValue(stopOnly))
    {
        await tenancy.EndAsync(stop.Token);
        return 0;
    }
    var narrator = new Narrator((given.GetValue(spent) ?? []).Select(text => text.Split('=')).Select(parts => (parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture))));
    return await RunAsync(tenancy, narrator, given);
});
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

async Task<int> RunAsync(Tenancy tenancy, Narrator narrator, ParseResult given)
{
    string File(Option<string> option) => Path.GetFullPath(given.GetRequiredValue(option));
    try
    {
        if (!await tenancy.EnterAsync(stop.Token))
            return Refused;
        var demo = new Demo(tenancy.Lab, new Programs(File(zedbox), File(controller), File(image), given.GetValue(rate)), narrator);
        await demo.RunAsync(given.GetValue(keep), stop.Token);
        if (given.GetValue(keep))
        {
            tenancy.Keep();
            narrator.Phases();
            demo.Explain();
            return 0;
        }
        await tenancy.LeaveAsync();
        narrator.Phase("clean-up");
        narrator.Phases();
        return 0;
    }
    // Whatever fails then fails for that. A terminal that is gone does not always send a signal.
    catch (Exception) when (stop.IsCancellationRequested || !Narrator.IsHeard)
    {
        Narrator.Say("Interrupted: ending the device, the controller and their namespaces.");
        await tenancy.LeaveAsync();
        Narrator.Say("Nothing of the demo is left.");
        return Interrupted;
    }
    catch (Exception exception) when (exception is TimeoutException or InvalidOperationException or IOException)
    {
        Narrator.Say($"{exception.Message} Logs are in {tenancy.Lab.Folder}.");
        await tenancy.LeaveAsync(keepFiles: true);
        return Failed;
    }
}
