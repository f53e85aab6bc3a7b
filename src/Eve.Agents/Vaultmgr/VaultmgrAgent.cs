using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Vaultmgr;

/// <summary>
/// Opens the vault that content, volumes and secrets lie in (device-agents.md 4.4; walk-device.md 12). Without a TPM it is a plain folder,
/// and says so: status Disabled. Encryption by fscrypt and the key's escrow at the controller are not built yet.
/// </summary>
public sealed class VaultmgrAgent(IVaultFolder folder) : IAgent
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        await Gate.OnboardedAsync(agent, cancellationToken);
        var status = agent.Publish(VaultmgrTopics.VaultStatus);
        var keys = agent.Publish(VaultmgrTopics.EncryptedVaultKeyFromDevice);
        status.Publish(PlainVault.Opening);

        while (true)
        {
            var opened = PlainVault.Opened(folder.Open(), status.Value, agent.Now);
            status.Replace([opened]);
            keys.Replace(opened.Error.Length == 0 ? [PlainVault.NoKey] : []);
            if (opened.Error.Length > 0)
                agent.WakeAt(agent.Elapsed + RetryAfter);
            await agent.ChangedAsync(cancellationToken);
        }
    }
}
