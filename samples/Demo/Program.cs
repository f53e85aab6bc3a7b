using System.CommandLine;
using Eve.Demo;

var folder = new Option<string>("--folder") { Description = "Where the lab keeps its files.", DefaultValueFactory = _ => "dist/demo" };
var zedbox = new Option<string>("--zedbox") { Description = "The device's program.", DefaultValueFactory = _ => "dist/zedbox" };
var controller = new Option<string>("--controller") { Description = "The controller's assembly (LocalController.dll)." };
var image = new Option<string>("--image") { Description = "The application's disk image (qcow2)." };
var keep = new Option<bool>("--keep") { Description = "Leave everything running." };
var stopOnly = new Option<bool>("--stop") { Description = "Only end what an earlier demo left running." };

var command = new RootCommand("A controller, a device, an application: ends by printing what the application answers over HTTP.") { folder, zedbox, controller, image, keep, stopOnly };
command.SetAction(async (given, cancellationToken) =>
{
    var lab = new Lab("evedemo", Path.GetFullPath(given.GetRequiredValue(folder)));
    if (given.GetValue(stopOnly))
    {
        await lab.StopAsync(CancellationToken.None);
        Directory.Delete(lab.Folder, recursive: true);
        return 0;
    }
    var demo = new Demo(lab, new Programs(
        Path.GetFullPath(given.GetRequiredValue(zedbox)), Path.GetFullPath(given.GetRequiredValue(controller)), Path.GetFullPath(given.GetRequiredValue(image))));
    return await demo.RunAsync(given.GetValue(keep), cancellationToken);
});
return await command.Parse(args).InvokeAsync();
