using Eve.Agents.Shared;
using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>Keeps the controller's certificates up to date, and publishes them (controller.md 1.4).</summary>
internal sealed class CertFetcher(IController controller, ControllerCertStore store, Randomness random) : IAgent
{
    const string Job = "certs";
    static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(120);

    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        var wanted = agent.Subscribe(ZedagentPrivate.CertsWanted);
        var contexts = agent.Subscribe(ZedagentTopics.CipherContext, wakes: false);
        var certs = agent.Publish(ZedagentTopics.ControllerCert);
        var metrics = agent.Publish(ZedagentPrivate.CertMetrics);
        var fetches = agent.Jobs<ControllerAnswer, int>();

        await Gate.OnboardedAsync(agent, cancellationToken);
        if (store.Current().Certs is { } saved)
            certs.Replace(ControllerCertTopics.Of(saved.Message, certs, contexts));
        while (network.Value is null)
            await agent.ChangedAsync(cancellationToken);

        var next = agent.Elapsed;
        var asked = new CertsWanted();
        metrics.SignalRestarted();
        while (true)
        {
            foreach (var (_, answer) in fetches.Finished)
            {
                metrics.Publish(ConnectionMetrics.Add(metrics.Value, answer, agent.Now));
                var good = Take(answer, agent, certs, contexts);
                next = agent.Elapsed + BackOff.Within(good ? agent.Config.Get(ConfigItems.CertInterval) : AfterFailure, 0.3, 1.0, random());
            }
            if (wanted.Value is { } now && now != asked)
                (asked, next) = (now, now.Unknown != asked.Unknown || asked.Hash.Length > 0 ? agent.Elapsed : next);
            if (!fetches.Running(Job) && agent.Elapsed >= next)
            {
                var request = ControllerRequest.Certs with { SendTimeout = agent.Config.Get(ConfigItems.SendTimeout), DialTimeout = agent.Config.Get(ConfigItems.DialTimeout) };
                var ports = ManagementPorts.Of(network.Value);
                next = TimeSpan.MaxValue;
                fetches.Start(Job, (_, stop) => controller.SendAsync(request, ports, stop));
            }
            if (!fetches.Running(Job))
                agent.WakeAt(next);
            await agent.ChangedAsync(cancellationToken);
        }
    }

    bool Take(ControllerAnswer answer, AgentContext agent, Publication<ControllerCert> certs, Subscription<CipherContext> contexts)
    {
        if (!answer.Succeeded)
        {
            Log.NoCerts(agent.Log, answer.Error);
            return false;
        }
        var verdict = store.Accept(answer.Payload);
        if (verdict.Error.Length > 0)
            Log.NoCerts(agent.Log, verdict.Error);
        if (verdict.Certs is null)
            return false;
        certs.Replace(ControllerCertTopics.Of(verdict.Certs.Message, certs, contexts));
        return true;
    }
}

/// <summary>The controller's certificates as topics.</summary>
internal static class ControllerCertTopics
{
    /// <summary>The certificates of a message, and those from before by which something is still encrypted.</summary>
    public static List<ControllerCert> Of(Api.Certs.ZControllerCert message, IEnumerable<ControllerCert> former, IEnumerable<CipherContext> contexts)
    {
        var now = message.Certs
            .Select(c => new ControllerCert((CertHashAlgorithm)c.HashAlgo, (ZCertType)c.Type, c.Cert.ToByteArray(), c.CertHash.ToByteArray()))
            .DistinctBy(c => c.Key).ToList();
        var keys = now.Select(c => c.Key).ToHashSet();
        var needed = contexts.Select(c => c.ControllerCertHash.ToHex()).ToHashSet();
        return [.. now, .. former.Where(c => !keys.Contains(c.Key) && needed.Contains(c.Key)).ToList()];
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The controller's certificates did not come: {Error}")]
    public static partial void NoCerts(ILogger log, string error);
}
