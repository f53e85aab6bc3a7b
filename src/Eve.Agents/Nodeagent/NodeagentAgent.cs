using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Nodeagent;

/// <summary>Knows why the device booted, when it must not go on, and how it ends in order (device-agents.md 4.5; controller.md 7).</summary>
/// <remarks>Watching over base-OS updates comes with baseosmgr.</remarks>
public sealed class NodeagentAgent(IBootRecord record, IPower power) : IAgent
{
    static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var status = agent.Publish(NodeagentTopics.NodeAgentStatus);
        var vault = agent.Subscribe(VaultmgrTopics.VaultStatus);
        var volumes = agent.Subscribe(VolumemgrTopics.VolumeMgrStatus);
        var domains = agent.Subscribe(DomainmgrTopics.DomainStatus);
        var zedagent = agent.Subscribe(ZedagentTopics.ZedAgentStatus);

        await agent.ChangedAsync(cancellationToken);
        var boot = LastBoot.Status(record.Take());
        status.Replace([boot]);
        await Gate.OnboardedAsync(agent, cancellationToken);

        var contact = new Contact(agent.Elapsed);
        Ending? ending = null;
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            agent.WakeAt(agent.Elapsed + Tick);

            contact = contact.Seen(zedagent.Value?.ConfigGetStatus ?? default, agent.Elapsed);
            ending ??= Endings.Asked(zedagent.Value, agent.Elapsed) ?? Endings.Disconnected(contact, agent.Config, agent.Elapsed);
            if (ending is not null && Endings.IsShutDown(ending) && Endings.Asked(zedagent.Value, agent.Elapsed) is { Action: not PowerAction.Shutdown } further)
                ending = further;
            var reasons = Maintenance.Reasons(vault, volumes.Value, zedagent.Value, contact, agent.Config, agent.Elapsed);
            if (ending is not null)
                ending = await GoOnAsync(ending, domains.Any(d => d.Activated));

            status.Replace([boot with
            {
                DeviceReboot = ending is { Action: PowerAction.Reboot },
                DeviceShutdown = ending is { Action: PowerAction.Shutdown },
                DevicePoweroff = ending is { Action: PowerAction.Poweroff },
                AllDomainsHalted = ending is { Step: > EndingStep.Halting },
                LocalMaintenanceMode = reasons.Count > 0,
                LocalMaintenanceModeReasons = reasons,
            }]);
        }

        async Task<Ending> GoOnAsync(Ending now, bool running)
        {
            var next = Endings.Next(now, running, agent.Elapsed);
            if (next.Step != now.Step && next.Step == EndingStep.Halting && next.BootReason != BootReason.None)
                record.Store(next.Reason, next.BootReason);
            if (next.Step != now.Step && next.Step == EndingStep.Done)
                await power.EndAsync(next.Action, cancellationToken);
            if (Endings.Deadline(next) is { } deadline)
                agent.WakeAt(deadline);
            return next;
        }
    }
}
