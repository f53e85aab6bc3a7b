using Eve.Agents.Shared;
using Eve.Agents.Zedagent.Parts;
using Eve.Topics;

namespace Eve.Agents.Zedagent;

/// <summary>The device's side of the conversation with its controller: configuration in, reports out. Each part has turns of its own.</summary>
public sealed class ZedagentAgent(
    IController controller, IConfigFiles files, ControllerCertStore certs, IUnsentMessages unsent, IMachineFacts machine, Randomness random) : IAgent
{
    public Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        agent.Publish(ZedagentTopics.AttestNonce).SignalRestarted();       // attestation is not built yet: no nonce comes, and nobody need wait for one
        return agent.RunAllAsync(
            [
                new ConfigFetcher(controller, files, random),
                new CertFetcher(controller, certs, random),
                new InfoReporter(controller, unsent, machine, random),
                new MetricsReporter(controller, machine, random),
            ],
            cancellationToken);
    }
}
