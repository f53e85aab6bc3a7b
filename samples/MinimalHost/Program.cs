// The whole device in a program of your own: all of EVE's agents below one folder, until Ctrl-C.
// dotnet run [FOLDER]
using Eve;
using Eve.Agents;
using Microsoft.Extensions.DependencyInjection;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };

var root = args.FirstOrDefault() ?? Path.Combine(Path.GetTempPath(), "eve-minimal-host");
var services = new ServiceCollection()
    .AddEve(new DeviceOptions { Root = root })
    .AddEveAgents();

await using var provider = services.BuildServiceProvider();
var device = provider.GetRequiredService<Device>();
Console.WriteLine($"A device in {root}: {string.Join(" ", device.Agents)}");

await device.RunAsync(stop.Token);
Console.WriteLine("The device has stopped.");
