using System.Net;
using System.Security.Authentication;
using Eve.Samples.Controller.Admin;
using Eve.Samples.Controller.Api;
using Eve.Samples.Controller.Faults;
using Eve.Samples.Controller.Files;
using Eve.Samples.Controller.Identity;
using Eve.Samples.Controller.Store;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Eve.Samples.Controller;

/// <summary>
/// A running controller: the device API, the administration and the datastore, each on a port of its own.
/// <c>Program</c> starts one; tests start theirs in process.
/// </summary>
public sealed class LocalController : IAsyncDisposable
{
    readonly List<WebApplication> _servers = [];
    readonly ControllerOptions _options;
    readonly Authority _authority;
    ControllerSettings _settings;

    LocalController(ControllerOptions options)
    {
        _options = options;
        _settings = options.Settings;
        string[] names = ["localhost", "127.0.0.1", .. Addresses(options), .. options.Names];
        _authority = Authority.Open(Path.Combine(options.DataFolder, "authority"), [.. names.Distinct()], options.Time);
        Devices = new DeviceStore(Path.Combine(options.DataFolder, "devices"), options.DefaultConfig, () => _authority.CertificatesHash, options.Time);
        Onboarding = new OnboardingList(Path.Combine(options.DataFolder, "onboarding.json"));
        DatastoreFolder = Path.GetFullPath(options.DatastoreFolder ?? Path.Combine(options.DataFolder, "datastore"));
        Directory.CreateDirectory(DatastoreFolder);
        WriteDeviceConfig(Path.Combine(options.DataFolder, "device-config"), null);
    }

    /// <summary><c>host:port</c>, as written into a device's <c>/config/server</c>.</summary>
    public string Server { get; private set; } = "";

    public Uri ApiUrl => new($"https://{Server}/");

    public Uri AdminUrl { get; private set; } = new("http://localhost");

    public Uri DatastoreUrl { get; private set; } = new("http://localhost");

    public Uri? DatastoreTlsUrl { get; private set; }

    public string DatastoreFolder { get; }

    public FaultList Faults { get; } = new();

    /// <summary>Requests of devices.</summary>
    public RequestLog ApiRequests { get; } = new();

    /// <summary>Downloads.</summary>
    public RequestLog DatastoreRequests { get; } = new();

    public ControllerSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set => Volatile.Write(ref _settings, value);
    }

    internal DeviceStore Devices { get; }

    internal OnboardingList Onboarding { get; }

    internal Authority Authority => _authority;

    public static async Task<LocalController> StartAsync(ControllerOptions options, CancellationToken cancellationToken = default)
    {
        var controller = new LocalController(options);
        try
        {
            await controller.StartApiAsync(cancellationToken);
            await controller.StartDatastoreAsync(cancellationToken);
            await controller.StartAdminAsync(cancellationToken);
            controller.WriteDeviceConfig(Path.Combine(options.DataFolder, "device-config"), null);
            return controller;
        }
        catch
        {
            await controller.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Writes what a device needs in its <c>/config</c>. With serial numbers (<c>*</c> for any), also an onboarding certificate with its key
    /// (those that are there already, or new ones), and lets those register with it.
    /// </summary>
    public void WriteDeviceConfig(string folder, IReadOnlyList<string>? serials)
    {
        AtomicFile.Write(Path.Combine(folder, "root-certificate.pem"), _authority.RootPem);
        AtomicFile.Write(Path.Combine(folder, "v2tlsbaseroot-certificates.pem"), _authority.RootPem);
        if (Server.Length > 0)
            AtomicFile.Write(Path.Combine(folder, "server"), Server + "\n");
        if (serials is null)
            return;
        var (certificatePath, keyPath) = (Path.Combine(folder, "onboard.cert.pem"), Path.Combine(folder, "onboard.key.pem"));
        if (!File.Exists(certificatePath) || !File.Exists(keyPath))
        {
            var (certificate, key) = Authority.SelfSigned("CN=onboarding", _options.Time);
            AtomicFile.Write(keyPath, key, secret: true);
            AtomicFile.Write(certificatePath, certificate);
        }
        Onboarding.Add(File.ReadAllText(certificatePath), serials);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.StopAsync(CancellationToken.None);
            await server.DisposeAsync();
        }
        _servers.Clear();
    }

    async Task StartApiAsync(CancellationToken cancellationToken)
    {
        var app = ServerBuilder.Build(_options, kestrel => kestrel.Listen(_options.Listen, _options.Port, Secure));
        var faults = new FaultMiddleware(Faults, ApiRequests, _options.Time);
        app.Use(faults.InvokeAsync);
        app.UseRouting();
        new DeviceApi(Devices, Onboarding, _authority, () => Settings, _options.Time, app.Logger).Map(app);
        var port = await StartAsync(app, cancellationToken);
        Server = $"{Host()}:{port[0]}";
    }

    async Task StartDatastoreAsync(CancellationToken cancellationToken)
    {
        var app = ServerBuilder.Build(_options, kestrel =>
        {
            kestrel.Listen(_options.Listen, _options.DatastorePort);
            if (_options.DatastoreTlsPort is { } tls)
                kestrel.Listen(_options.Listen, tls, Secure);
        });
        app.Use(new FaultMiddleware(Faults, DatastoreRequests, _options.Time).InvokeAsync);
        app.Run(new Datastore(DatastoreFolder, _options.DatastoreUser).ServeAsync);
        var ports = await StartAsync(app, cancellationToken);
        DatastoreUrl = new Uri($"http://{Host()}:{ports[0]}/");
        DatastoreTlsUrl = ports.Count > 1 ? new Uri($"https://{Host()}:{ports[1]}/") : null;
    }

    async Task StartAdminAsync(CancellationToken cancellationToken)
    {
        if (_options.AdminSocket is { } socket)
            File.Delete(socket);
        var app = ServerBuilder.Build(_options, kestrel =>
        {
            if (_options.AdminSocket is { } path)
                kestrel.ListenUnixSocket(path);
            else
                kestrel.Listen(_options.AdminListen, _options.AdminPort);
        });
        new AdminApi(this, new Datastore(DatastoreFolder, null), _options.Time).Map(app);
        var ports = await StartAsync(app, cancellationToken);
        if (_options.AdminSocket is not null)
            return;
        var host = _options.AdminListen.Equals(IPAddress.Any) ? IPAddress.Loopback : _options.AdminListen;
        AdminUrl = new Uri($"http://{host}:{ports[0]}/");
    }

    async Task<List<int>> StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        _servers.Add(app);
        await app.StartAsync(cancellationToken);
        return _options.AdminSocket is not null && app.Urls.All(url => url.Contains("unix:", StringComparison.Ordinal)) ? [] : [.. app.Urls.Select(url => new Uri(url).Port)];
    }

    string Host() => _options.Names is [var name, ..] ? name : Addresses(_options).FirstOrDefault() ?? "127.0.0.1";

    static IEnumerable<string> Addresses(ControllerOptions options) =>
        options.Listen.Equals(IPAddress.Any) || options.Listen.Equals(IPAddress.IPv6Any) ? [] : [options.Listen.ToString()];

    void Secure(ListenOptions listen) => listen.UseHttps(_authority.Tls, https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
}
