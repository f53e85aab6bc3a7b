using System.Runtime.InteropServices;
using Eve;
using Eve.Host;
using Eve.Host.Ipcmonitor;
using Microsoft.Win32.SafeHandles;

#pragma warning disable RS0030 // the one place that has a console
return await CommandLine.InvokeAsync(Environment.GetCommandLineArgs()[0], args, async line =>
{
    using var stop = new CancellationTokenSource();
    using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    try
    {
        if (line.Monitor is { } request)
        {
            // Not Console.Out, which hides that nobody reads it any more.
            await using var output = new StreamWriter(new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0)) { AutoFlush = true };
            request = request with { Color = request.Color || !Console.IsOutputRedirected };
            return await new TopicMonitor(request, new EvePaths(line.Options.Root), TimeProvider.System, output, Console.Error).RunAsync(stop.Token);
        }
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
