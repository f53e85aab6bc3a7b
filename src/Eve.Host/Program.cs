using System.Runtime.InteropServices;
using Eve;
using Eve.Host;

#pragma warning disable RS0030 // the one place that has a console
return await CommandLine.InvokeAsync(Environment.GetCommandLineArgs()[0], args, async line =>
{
    using var stop = new CancellationTokenSource();
    using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    try
    {
        return await new DeviceHost(line, Console.Out).RunAsync(stop.Token);
    }
    catch (EveException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }

    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
});
