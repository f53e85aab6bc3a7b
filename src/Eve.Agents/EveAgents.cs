using Eve.Agents.Client;
using Eve.Agents.Diag;
using Eve.Agents.Domainmgr;
using Eve.Agents.Downloader;
using Eve.Agents.Ledmanager;
using Eve.Agents.Logmanager;
using Eve.Agents.Nim;
using Eve.Agents.Nodeagent;
using Eve.Agents.Shared;
using Eve.Agents.Tpmmgr;
using Eve.Agents.Vaultmgr;
using Eve.Agents.Verifier;
using Eve.Agents.Volumemgr;
using Eve.Agents.Waitforaddr;
using Eve.Agents.Zedagent;
using Eve.Agents.Zedmanager;
using Eve.Agents.Zedrouter;
using Eve.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Eve.Agents;

/// <summary>All of EVE's agents that are built, each under its name, and what they do to the machine.</summary>
public static class EveAgents
{
    /// <summary>Adds all agents. Register another agent under one of the names, or another effect, to take its place.</summary>
    public static IServiceCollection AddEveAgents(this IServiceCollection services)
    {
        services.TryAddSingleton<ICommands>(p => new Commands(p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<Randomness>(_ => new LockedRandom().Next);
        services.TryAddSingleton<DeviceIdentities>();
        services.TryAddSingleton<ControllerCertStore>();
        services.TryAddSingleton<IController, ControllerClient>();

        services.AddAgent<ClientAgent>(AgentNames.Client, AgentNames.Zedclient).TryAddSingleton<DeviceFiles>();
        services.AddAgent<DiagAgent>(AgentNames.Diag).TryAddSingleton<IReportFiles, ReportFiles>();
        services.AddAgent<DomainmgrAgent>(AgentNames.Domainmgr).TryAddSingleton<IHypervisor, LibvirtHypervisor>();
        services.TryAddSingleton<IGuestFiles, GuestFiles>();
        services.TryAddSingleton(new DomainmgrOptions());
        services.AddAgent<DownloaderAgent>(AgentNames.Downloader).TryAddSingleton<ITransfer, HttpTransfer>();
        services.TryAddSingleton<PortHttp>();
        services.AddAgent<LogmanagerAgent>(AgentNames.Logmanager, AgentNames.Newlogd, AgentNames.Loguploader).TryAddSingleton<ILogFiles, LogFiles>();
        services.AddAgent<NodeagentAgent>(AgentNames.Nodeagent).TryAddSingleton<IBootRecord, BootRecord>();
        services.TryAddSingleton<IPower, MachinePower>();
        services.AddAgent<TpmmgrAgent>(AgentNames.Tpmmgr).TryAddSingleton<DeviceCertificates>();
        services.AddAgent<VaultmgrAgent>(AgentNames.Vaultmgr).TryAddSingleton<IVaultFolder, VaultFolder>();
        services.AddAgent<LedmanagerAgent>(AgentNames.Ledmanager).TryAddSingleton<ILeds, SysfsLeds>();
        services.AddAgent<NimAgent>(AgentNames.Nim).TryAddSingleton<INetwork, LinuxNetwork>();
        services.TryAddSingleton<IConnectivityTest, ControllerTest>();
        services.AddAgent<WaitforaddrAgent>(AgentNames.Waitforaddr);
        services.AddAgent<VerifierAgent>(AgentNames.Verifier).TryAddSingleton<IContentStore, ContentStore>();
        services.AddAgent<VolumemgrAgent>(AgentNames.Volumemgr).TryAddSingleton<IBlobStore, BlobStore>();
        services.TryAddSingleton<IDiskImages, DiskImages>();
        services.TryAddSingleton<IDiskUsage, DiskUsage>();
        services.AddAgent<ZedagentAgent>(AgentNames.Zedagent).TryAddSingleton<IConfigFiles, ConfigFiles>();
        services.TryAddSingleton<IUnsentMessages, UnsentFiles>();
        services.TryAddSingleton<IMachineFacts, Machine>();
        services.AddAgent<ZedmanagerAgent>(AgentNames.Zedmanager);
        services.AddAgent<ZedrouterAgent>(AgentNames.Zedrouter).TryAddSingleton<INetworkStack, LinuxApplier>();
        return services;
    }
}
