using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>Tells which of the device's adapters there are. None is given to an app yet: all stay with the device.</summary>
internal sealed class AdaptersPart : IAgent
{
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var adapters = agent.Subscribe(ZedagentTopics.PhysicalIOAdapterList);
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        var assignable = agent.Publish(DomainmgrTopics.AssignableAdapters);

        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            if (adapters.Value is { Initialized: true } list)
                assignable.Replace([Adapters.Of(list, network.Value)]);
        }
    }
}

internal static class Adapters
{
    public static AssignableAdapters Of(PhysicalIOAdapterList adapters, DeviceNetworkStatus? network)
    {
        var ports = network is null ? [] : network.Ports.Select(p => p.IfName).ToHashSet(StringComparer.Ordinal);
        return new AssignableAdapters(Initialized: true, [.. adapters.AdapterList.Select(a => Bundle(a, ports))]);
    }

    static IoBundle Bundle(PhysicalIOAdapter adapter, HashSet<string> ports) => new(
        (IoType)(byte)adapter.Ptype,
        adapter.Phylabel,
        adapter.Logicallabel,
        adapter.Assigngrp,
        adapter.Parentassigngrp,
        adapter.Usage,
        Ifname: adapter.Phyaddr.Ifname,
        PciLong: adapter.Phyaddr.PciLong,
        Irq: adapter.Phyaddr.Irq,
        Ioports: adapter.Phyaddr.Ioports,
        Serial: adapter.Phyaddr.Serial,
        UsbAddr: adapter.Phyaddr.UsbAddr,
        UsbProduct: adapter.Phyaddr.UsbProduct,
        IsPort: ports.Contains(adapter.Phyaddr.Ifname),
        KeepInHost: true,
        Cbattr: adapter.Cbattr);
}
