using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Eve.Host;

/// <summary>
/// What follows the folders at a boot, one after the other, while the agents run (walk-device.md 1, steps 5 to 10): an address if the device was never
/// onboarded, a clock that can be right, the device's certificates, the controller's address, onboarding.
/// </summary>
internal sealed partial class BootSteps(IServiceProvider services, Device device)
{
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    readonly EvePaths _paths = services.GetRequiredService<EvePaths>();
    readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();
    readonly ILogger _log = services.GetRequiredService<ILoggerFactory>().CreateLogger("boot");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(Path.Combine(_paths.Config, "device.cert.pem")))
                await device.RunAsync(AgentNames.Waitforaddr, cancellationToken);
            // A wrong clock or a read-only /config fails these, and they are tried again: both may be mended while the device runs.
            await device.RunAsync([AgentNames.Tpmmgr], cancellationToken, ["createSoftDeviceCert"]);
            await FilesAsync(["server", "root-certificate.pem"], cancellationToken);
            await device.RunAsync([AgentNames.Tpmmgr], cancellationToken, ["createSoftCerts"]);
            Log.Onboarding(_log);
            await device.RunAsync(AgentNames.Client, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    async Task FilesAsync(string[] names, CancellationToken cancellationToken)
    {
        while (names.Select(n => Path.Combine(_paths.Config, n)).FirstOrDefault(f => !File.Exists(f) || new FileInfo(f).Length == 0) is { } missing)
        {
            Log.Missing(_log, missing, LookAgain);
            await Task.Delay(LookAgain, _time, cancellationToken);
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The device has its certificates and asks its controller who it is")]
        public static partial void Onboarding(ILogger log);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{File} is missing or empty: the device cannot reach a controller without it. Looking again in {Pause}")]
        public static partial void Missing(ILogger log, string file, TimeSpan pause);
    }
}
