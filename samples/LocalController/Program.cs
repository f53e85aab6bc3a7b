using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Eve.Samples.Controller;

var data = new Option<string>("--data") { Description = "Folder for keys, devices, configurations and messages.", DefaultValueFactory = _ => "local-controller" };
var datastore = new Option<string?>("--datastore") { Description = "Folder that the datastore serves (default: datastore in the data folder)." };
var listen = new Option<string>("--listen") { Description = "Address of the device API and the datastore.", DefaultValueFactory = _ => "127.0.0.1" };
var port = new Option<int>("--port") { Description = "Port of the device API (https).", DefaultValueFactory = _ => 8443 };
var datastorePort = new Option<int>("--datastore-port") { Description = "Port of the datastore (http).", DefaultValueFactory = _ => 8080 };
var datastoreTlsPort = new Option<int?>("--datastore-tls-port") { Description = "Port of the datastore over https (default: none)." };
var datastoreUser = new Option<string?>("--datastore-user") { Description = "user:password that the datastore asks for (default: nothing)." };
var adminListen = new Option<string>("--admin-listen") { Description = "Address of the administration. It has no passwords.", DefaultValueFactory = _ => "127.0.0.1" };
var adminPort = new Option<int>("--admin-port") { Description = "Port of the administration (http).", DefaultValueFactory = _ => 8081 };
var adminSocket = new Option<string?>("--admin-socket") { Description = "Unix socket for the administration, instead of an address: curl --unix-socket PATH http://admin/" };
var names = new Option<string[]>("--name")
{
    Description = "Name or address in the TLS certificate, beside localhost and 127.0.0.1; may be repeated. Devices are told the first.", DefaultValueFactory = _ => [],
};
var defaultConfig = new Option<string?>("--default-config") { Description = "Configuration (JSON) that a new device gets." };
var deviceConfig = new Option<string?>("--device-config") { Description = "Writes what a device needs in its /config into this folder, with an onboarding certificate and key if it has none." };
var serials = new Option<string[]>("--serial") { Description = "Serial number that may register with that certificate; may be repeated.", DefaultValueFactory = _ => ["*"] };
var attest = new Option<AttestMode>("--attest") { Description = "Takes quotes without verifying registers, or refuses to attest.", DefaultValueFactory = _ => AttestMode.Trust };
var requireToken = new Option<bool>("--require-token") { Description = "Refuses the configuration to a device that was not attested." };

var command = new RootCommand("A small controller for EVE devices: device API v2, administration by HTTP (GET / there tells all), and a datastore. Ends with Ctrl-C.")
{
    data, datastore, listen, port, datastorePort, datastoreTlsPort, datastoreUser, adminListen, adminPort, adminSocket, names, defaultConfig, deviceConfig, serials, attest, requireToken,
};
command.SetAction(async (parsed, cancellationToken) =>
{
    using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        ending.Cancel();
    });
    await using var controller = await LocalController.StartAsync(new ControllerOptions
    {
        DataFolder = parsed.GetRequiredValue(data),
        DatastoreFolder = parsed.GetValue(datastore),
        Listen = IPAddress.Parse(parsed.GetRequiredValue(listen)),
        Port = parsed.GetValue(port),
        DatastorePort = parsed.GetValue(datastorePort),
        DatastoreTlsPort = parsed.GetValue(datastoreTlsPort),
        DatastoreUser = parsed.GetValue(datastoreUser),
        AdminListen = IPAddress.Parse(parsed.GetRequiredValue(adminListen)),
        AdminPort = parsed.GetValue(adminPort),
        AdminSocket = parsed.GetValue(adminSocket),
        Names = parsed.GetRequiredValue(names),
        DefaultConfig = parsed.GetValue(defaultConfig),
        Settings = new ControllerSettings { Attest = parsed.GetValue(attest), RequireToken = parsed.GetValue(requireToken) },
        LogToConsole = true,
    }, ending.Token);
    if (parsed.GetValue(deviceConfig) is { } folder)
        controller.WriteDeviceConfig(folder, parsed.GetRequiredValue(serials));
    Console.WriteLine($"device API     {controller.ApiUrl}");
    Console.WriteLine($"datastore      {controller.DatastoreUrl} {controller.DatastoreTlsUrl} of {controller.DatastoreFolder}");
    Console.WriteLine($"administration {parsed.GetValue(adminSocket) ?? controller.AdminUrl.ToString()}");
    var ended = new TaskCompletionSource();
    await using var registration = ending.Token.Register(ended.SetResult);
    await ended.Task;
    return 0;
});
return await command.Parse(args).InvokeAsync();
