using Eve.Agents.Tpmmgr;
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
    readonly DeviceCertificates _certificates = services.GetRequiredService<DeviceCertificates>();
    readonly ILogger _log = services.GetRequiredService<ILoggerFactory>().CreateLogger("boot");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(_certificates.DeviceCertificate))
                await device.RunAsync(AgentNames.Waitforaddr, cancellationToken);
            await CertificatesAsync(() => _certificates.EnsureDevice(), cancellationToken);
            await FilesAsync(["server", "root-certificate.pem"], cancellationToken);
            await CertificatesAsync(() => _certificates.EnsureSigned(), cancellationToken);
            Log.Onboarding(_log);
            await device.RunAsync(AgentNames.Client, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    // A wrong clock or a read-only /config may be mended while the device runs.
    async Task CertificatesAsync(Action make, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                make();
                return;
            }
            catch (EveException exception)
            {
                Log.NoCertificate(_log, exception.Message, LookAgain);
            }
            await Task.Delay(LookAgain, _time, cancellationToken);
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

        [LoggerMessage(Level = LogLevel.Error, Message = "{Reason} Again in {Pause}")]
        public static partial void NoCertificate(ILogger log, string reason, TimeSpan pause);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{File} is missing or empty: the device cannot reach a controller without it. Looking again in {Pause}")]
        public static partial void Missing(ILogger log, string file, TimeSpan pause);
    }
}
