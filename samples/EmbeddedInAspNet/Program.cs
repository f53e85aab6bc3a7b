// A device inside a web application: its agents run beside the pages, which read and follow its topics through IBus.
// dotnet run --urls http://127.0.0.1:8088 [--root FOLDER], then a browser at that address, or curl -N .../nodeagent/NodeAgentStatus
using Eve;
using Eve.Agents;
using Eve.Topics;

var builder = WebApplication.CreateBuilder(args);
builder.Services
    .AddEve(new DeviceOptions { Root = builder.Configuration["root"] ?? Path.Combine(Path.GetTempPath(), "eve-embedded") })
    .AddEveAgents()
    .AddHostedService<DeviceService>();
var app = builder.Build();

List<string> followed = [];
Follow(NodeagentTopics.NodeAgentStatus, status => status.RebootReason);
Follow(NimTopics.DeviceNetworkStatus, status => string.Join(", ", status.Ports.Select(port => port.IfName)));
Follow(ZedmanagerTopics.AppInstanceStatus, status => $"{status.DisplayName} is {status.State}");
app.MapGet("/", () => Results.Content($$"""
    <!doctype html><title>A device</title><ul id="lines"></ul><script>
    for (const topic of ['{{string.Join("','", followed)}}'])
        new EventSource(topic).onmessage = e => lines.append(Object.assign(document.createElement('li'), { textContent: topic + ' ' + e.data }));
    </script>
    """, "text/html"));
app.Run();

// Server-sent events: first what is there, then each change, until the browser has gone.
void Follow<T>(Topic<T> topic, Func<T, string> text) where T : class, ITopic<T>
{
    followed.Add(topic.ToString());
    app.MapGet(topic.ToString(), (IBus bus, CancellationToken gone) => TypedResults.ServerSentEvents(
        bus.FollowAsync(topic, gone).Select(change => $"{change.Key}: {(change.New is { } value ? text(value) : "gone")}")));
}

sealed class DeviceService(Device device) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => device.RunAsync(stoppingToken);
}
