using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Verifier;

/// <summary>Checks downloaded content against its SHA-256 and publishes the verdict (applications.md 4; walk-app.md 8).</summary>
public sealed class VerifierAgent(IContentStore content) : IAgent
{
    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        await Gate.OnboardedAsync(agent, cancellationToken);
        await Gate.VaultAsync(agent, cancellationToken);

        var verdicts = agent.Publish(VerifierTopics.VerifyImageStatus);
        var checks = agent.Jobs<ContentCheck, long>();
        var wanted = agent.Subscribe(VolumemgrTopics.VerifyImageConfig);

        foreach (var found in content.Scan())
        {
            verdicts.Publish(Verification.Found(found));
            if (!found.Verified)
                checks.Start(found.Sha256, (_, stop) => content.CheckAsync(Verification.Again(found), stop));
        }
        verdicts.SignalRestarted();

        while (true)
        {
            await agent.ChangedAsync(cancellationToken);

            foreach (var change in wanted.Changes)
                Act(Verification.Decide(change, verdicts[change.Key], checks.Running(change.Key)), change);

            // After the changes: Start and Cancel have taken back results of what is no longer wanted.
            foreach (var (key, check) in checks.Finished)
            {
                if (verdicts[key] is { } status)
                    verdicts.Publish(Verification.Judge(status, check, agent.Now));
            }
        }

        void Act(Step step, Change<VerifyImageConfig> change)
        {
            switch (step)
            {
                case Step.Check:
                    verdicts.Publish(Verification.Started(change.New!));
                    checks.Start(change.Key, (_, stop) => content.CheckAsync(change.New!, stop));
                    break;
                case Step.Refuse:
                    verdicts.Publish(Verification.Refused(change.New!, agent.Now));
                    break;
                case Step.Adopt:
                    verdicts.Publish(Verification.Adopted(verdicts[change.Key]!, change.New!));
                    break;
                case Step.Forget:
                    checks.Cancel(change.Key);
                    content.Delete(change.Key);
                    verdicts.Remove(change.Key);
                    break;
            }
        }
    }
}
