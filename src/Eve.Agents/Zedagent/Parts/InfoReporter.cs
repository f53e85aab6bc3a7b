using Eve.Agents.Shared;
using Eve.Topics;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>Tells the controller of the device and of each object on it, and sees to it that it hears the last word on each (walk-device.md 15, 24).</summary>
internal sealed class InfoReporter(IController controller, IUnsentMessages unsent, IMachineFacts machine, Randomness random) : IAgent
{
    const string Action = "info";

    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var device = await ReportGate.OpenAsync(agent, cancellationToken);
        var onboarding = agent.Subscribe(ZedclientTopics.OnboardingStatus);
        var status = agent.Subscribe(ZedagentTopics.ZedAgentStatus);
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        var queue = new SendQueue(unsent, agent.Log);
        var sender = new QueueSender(agent, controller, queue, random);
        var reports = new InfoReports(agent, machine, random);
        queue.Load(device);
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            if (onboarding.Value is { } now && now.DeviceUUID != Guid.Empty && now.DeviceUUID != device)
                queue.DropOthers(device = now.DeviceUUID);
            foreach (var (key, message) in await reports.TakeAsync(device, cancellationToken))
            {
                message.AtTimeStamp = Timestamp.FromDateTimeOffset(agent.Now);
                queue.Put(new(key, device, Action, Priority(message), 0, message.ToByteArray()), keep: sender.Away);
            }
            sender.Turn(network.Value, status.Value);
            reports.Forget(queue.Holds);
        }
    }

    // What the user looks at goes first.
    static int Priority(Wire.ZInfoMsg message) => message.Ztype switch
    {
        Wire.ZInfoTypes.ZiApp => 1,
        Wire.ZInfoTypes.ZiHardware => 2,
        _ => 3,
    };
}
