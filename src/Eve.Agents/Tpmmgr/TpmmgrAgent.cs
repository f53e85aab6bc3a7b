using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Tpmmgr;

/// <summary>Makes the device's certificates when called for it; publishes those for key exchange and attestation once it is onboarded, and answers nonces. All keys are files; TPMs are not used yet.</summary>
public sealed partial class TpmmgrAgent(DeviceCertificates certificates) : IAgent
{
    static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        if (agent.Args.Count > 0)
        {
            Obey(agent.Args[0]);
            return;
        }
        var onboarded = agent.Subscribe(ZedclientTopics.OnboardingStatus);
        var nonces = agent.Subscribe(ZedagentTopics.AttestNonce);
        var published = agent.Publish(TpmmgrTopics.EdgeNodeCert);
        var quotes = agent.Publish(TpmmgrTopics.AttestQuote);

        while (onboarded.Value is null)
            await agent.ChangedAsync(cancellationToken);
        foreach (var nonce in nonces)
            quotes.Publish(new AttestQuote(nonce.Nonce));
        if (certificates.HasTpm)
            Log.TpmUnused(agent.Log);

        var complete = false;
        while (true)
        {
            if (!complete)
            {
                complete = Publish(agent, published);
                if (!complete)
                    agent.WakeAt(agent.Elapsed + Retry);
            }
            await agent.ChangedAsync(cancellationToken);

            // Without a TPM a nonce is answered all the same, by an empty quote: the controller decides what that is worth.
            foreach (var change in nonces.Changes)
            {
                if (change.New is { } nonce)
                    quotes.Publish(new AttestQuote(nonce.Nonce));
                else
                    quotes.Remove(change.Key);
            }
            if (nonces.Ready)
                quotes.SignalRestarted();
        }
    }

    // What the boot steps call it for, by EVE's names (device-agents.md 4.8). What cannot be made is tried again like any failure.
    void Obey(string command)
    {
        switch (command)
        {
            case "createSoftDeviceCert":
                certificates.EnsureDevice();
                break;
            case "createSoftCerts":
                certificates.EnsureSigned();
                break;
            default:
                throw new EveException($"tpmmgr does not know '{command}'; it takes createSoftDeviceCert and createSoftCerts. Commands for a TPM are not built yet.");
        }
    }

    /// <summary>Makes what is missing and publishes all there is; false if that is not all.</summary>
    bool Publish(AgentContext agent, Publication<EdgeNodeCert> published)
    {
        try
        {
            certificates.EnsureSigned();
            var (certs, missing) = certificates.Read();
            published.Replace(certs);
            return missing.Count == 0;
        }
        catch (EveException exception)
        {
            Log.CertificatesMissing(agent.Log, exception.Message);
            return false;
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "This machine has a TPM; the device's keys are files all the same: using the TPM is not built yet")]
        public static partial void TpmUnused(ILogger log);

        [LoggerMessage(Level = LogLevel.Error, Message = "The device's certificates are not published: {Reason}")]
        public static partial void CertificatesMissing(ILogger log, string reason);
    }
}
