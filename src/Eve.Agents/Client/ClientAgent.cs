using Eve.Agents.Shared;
using Eve.Api.Register;
using Eve.Topics;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Client;

/// <summary>Onboards the device at each boot: fetches the controller's certificates, registers, learns the device's UUID, and ends (walk-device.md, steps 7 to 10).</summary>
public sealed partial class ClientAgent(IController controller, ControllerCertStore certs, DeviceIdentities identities, DeviceFiles files, Randomness random) : IAgent
{
    const string Round = "round";

    /// <summary>A request and its end, and the controller that it went to.</summary>
    sealed record Sent(string Server, OnboardingStep Step, ControllerAnswer Answer);

    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var arguments = ClientArguments.Parse(agent.Args);
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        var onboarded = agent.Publish(ZedclientTopics.OnboardingStatus);
        var metrics = agent.Publish(ZedclientTopics.MetricsMap);
        var leds = agent.Publish(GlobalTopics.LedBlinkCounter);
        var sends = agent.Jobs<Sent, int>();
        var progress = new OnboardingProgress();
        metrics.SignalRestarted();

        while (true)
        {
            await agent.ChangedAsync(cancellationToken);

            foreach (var (_, sent) in sends.Finished.Where(f => f.Result.Server == progress.Server))
            {
                metrics.Publish(ConnectionMetrics.Add(metrics.Value, sent.Answer, agent.Now));
                progress = Take(agent, progress, sent);
                if (progress.Led is { } led)
                    leds.Publish(new LedBlinkCounter(led));
                if (arguments.MaxRetries > 0 && progress.Failures > arguments.MaxRetries)
                    throw new EveException($"The device is not onboarded after {progress.Failures} tries: {sent.Answer.Error}");
            }

            var facts = Facts(agent, network, onboarded.Value);
            if (facts.Server != progress.Server)
                sends.Cancel(Round);
            (progress, var step) = Onboarding.Next(progress, facts, arguments);
            if (step == OnboardingStep.Finish)
                break;
            if (step != OnboardingStep.Wait && !sends.Running(Round))
            {
                var (request, ports) = (Request(agent.Config, step, facts.Server), ManagementPorts.Of(network.Value, progress.Failures));
                sends.Start(Round, async (_, stop) => new(request.Server, step, await SendAsync(request, step, ports, stop)));
            }
            agent.WakeAt(Onboarding.Wake(progress, facts));
        }
        if (progress.Name is { } name)
            await FinishAsync(agent, onboarded, name, cancellationToken);
    }

    OnboardingFacts Facts(AgentContext agent, Subscription<DeviceNetworkStatus> network, OnboardingStatus? onboarded)
    {
        var known = onboarded?.DeviceUUID is { } uuid && uuid != Guid.Empty ? uuid : files.Uuid;
        return new()
        {
            Elapsed = agent.Elapsed,
            Server = identities.Server(),
            CanRegister = identities.CanRegister,
            HasNetwork = Onboarding.IsUsable(network.Value),
            NetworkChanged = network.Changed,
            IsOnline = network.Value?.State == DPCState.Success,
            Known = known == Guid.Empty ? null : new(known, ""),
            HasSavedCerts = certs.Current().Certs is not null,
        };
    }

    ControllerRequest Request(ConfigView config, OnboardingStep step, string server) => (step switch
    {
        OnboardingStep.FetchCerts => ControllerRequest.Certs,
        OnboardingStep.Register => new("register", [], RequestSeal.Onboarding, AnswerSeal.Controller),
        _ => DeviceUuid.Request,
    }) with
    {
        Server = server,
        AnyMediaType = true,
        StopAtHttpError = step == OnboardingStep.Register,
        SendTimeout = config.Get(ConfigItems.SendTimeout),
        DialTimeout = config.Get(ConfigItems.DialTimeout),
        Serial = files.Serial,
        SoftSerial = files.SoftSerial,
    };

    async Task<ControllerAnswer> SendAsync(ControllerRequest request, OnboardingStep step, ValueList<ManagementPort> ports, CancellationToken cancellationToken)
    {
        try
        {
            if (step == OnboardingStep.Register)
                request = request with { Body = RegisterMessage(request) };
        }
        catch (EveException exception)
        {
            return ControllerAnswer.Unsent(exception.Message);
        }
        return await controller.SendAsync(request, ports, cancellationToken);
    }

    byte[] RegisterMessage(ControllerRequest request) => new ZRegisterMsg
    {
        PemCert = ByteString.CopyFromUtf8(Convert.ToBase64String(identities.Device().Pem)),
        Serial = request.Serial,
        SoftSerial = request.SoftSerial,
    }.ToByteArray();

    OnboardingProgress Take(AgentContext agent, OnboardingProgress progress, Sent sent)
    {
        var (answer, elapsed) = (sent.Answer, agent.Elapsed);
        if (!answer.Succeeded)
            Log.Failed(agent.Log, sent.Step, answer.Error);
        switch (sent.Step)
        {
            case OnboardingStep.FetchCerts:
                var verdict = answer.Succeeded ? certs.Accept(answer.Payload) : new(null, false, "");
                if (verdict.Error.Length > 0)
                    Log.Failed(agent.Log, sent.Step, verdict.Error);
                return Onboarding.AfterCerts(progress, verdict.Certs is not null, elapsed, random());
            case OnboardingStep.Register:
                return Onboarding.AfterRegister(progress, answer, elapsed, random());
            default:
                var (name, error) = answer.Succeeded ? DeviceUuid.Read(answer.Payload) : (null, "");
                if (error.Length > 0)
                    Log.Failed(agent.Log, sent.Step, error);
                return Onboarding.AfterUuid(progress, answer, name, elapsed, random());
        }
    }

    async Task FinishAsync(AgentContext agent, Publication<OnboardingStatus> onboarded, DeviceName name, CancellationToken cancellationToken)
    {
        var known = onboarded.Value is { HardwareModel.Length: > 0 } before ? before.HardwareModel : files.Model;
        var model = Onboarding.Model(name, known, files.MachineModel);
        try
        {
            files.Save(name.Uuid, model);
            if (agent.Paths.IsMachine)
                DeviceFiles.NameMachine(name.Uuid);
        }
        catch (EveException exception)
        {
            Log.NotSaved(agent.Log, exception.Message);
        }
        try
        {
            await onboarded.PublishAsync(new OnboardingStatus(name.Uuid, model), cancellationToken);
        }
        catch (EveException exception)
        {
            Log.NotSaved(agent.Log, exception.Message);
        }
        onboarded.SignalRestarted();
        Log.Onboarded(agent.Log, name.Uuid, model);
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Step} failed: {Reason}")]
        public static partial void Failed(ILogger log, OnboardingStep step, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "The device's name is not kept: {Reason}")]
        public static partial void NotSaved(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "This device is {Uuid}, a {Model}")]
        public static partial void Onboarded(ILogger log, Guid uuid, string model);
    }
}
