using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Shared;

/// <summary>Sends by TLS through the management ports, one after the other (controller.md 1.5, 1.6). Identity is the envelope: no client certificate is shown.</summary>
public sealed class ControllerClient : IController, IDisposable
{
    const string ProtoBinary = "application/x-proto-binary";
    const int LargestAnswer = 64 << 20;
    static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(240);

    readonly DeviceIdentities _identities;
    readonly ControllerCertStore _certs;
    readonly TimeProvider _time;
    readonly PortConnections _connections;

    /// <summary>The one client of a device; all agents share it.</summary>
    public ControllerClient(EvePaths paths, IFiles files, DeviceIdentities identities, ControllerCertStore certs, TimeProvider time, ILoggerFactory logs)
        : this(identities, certs, time, new PortConnections(paths, files, time, new PortResolver(paths, time), logs))
    {
    }

    internal ControllerClient(DeviceIdentities identities, ControllerCertStore certs, TimeProvider time, PortConnections connections) =>
        (_identities, _certs, _time, _connections) = (identities, certs, time, connections);

    /// <inheritdoc />
    public async Task<ControllerAnswer> SendAsync(ControllerRequest request, ValueList<ManagementPort> ports, CancellationToken cancellationToken)
    {
        if (ControllerUrls.Of(request.Server is { Length: > 0 } other ? other : _identities.Server(), request.Path) is not { } url)
            return ControllerAnswer.Unsent($"'{_identities.Server()}' in /config/server is not a controller's host[:port].");
        if (ports.Count == 0)
            return ControllerAnswer.Unsent($"{url}: no management port has a usable address.");
        byte[]? body;
        try
        {
            body = Sealed(request);
        }
        catch (EveException exception)
        {
            return ControllerAnswer.Unsent(exception.Message);
        }
        var round = 3 * request.SendTimeout;
        using var patience = new CancellationTokenSource(round > TimeSpan.Zero && round < LongestRound ? round : LongestRound, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var answers = new List<ControllerAnswer>();
        foreach (var (port, source) in ports.SelectMany(p => p.Addresses.Select(a => (p, a))))
        {
            if (stop.IsCancellationRequested)
                break;
            answers.Add(await TryAsync(request, url, body, port, source, stop.Token));
            if (IsFinal(answers[^1], request))
                break;
        }
        cancellationToken.ThrowIfCancellationRequested();
        return Together(answers);
    }

    byte[]? Sealed(ControllerRequest request) => (request.Body, request.Seal) switch
    {
        ({ } body, RequestSeal.Device) => AuthEnvelope.Seal(body, _identities.Device()),
        ({ } body, RequestSeal.Onboarding) => AuthEnvelope.Seal(body, _identities.Onboarding(), showCertificate: true),
        var (body, _) => body,
    };

    /// <summary>Another port would bring nothing else.</summary>
    static bool IsFinal(ControllerAnswer answer, ControllerRequest request) =>
        answer.HttpCode is (> 0 and < 400) or (int)HttpStatusCode.Forbidden || answer.HttpCode >= 400 && request.StopAtHttpError;

    /// <summary>The one that counts, with all attempts: the one that came last, but that of a server before that of none, and the telling cause before "failed".</summary>
    static ControllerAnswer Together(List<ControllerAnswer> answers)
    {
        var counts = answers.FindLast(a => a.Succeeded) ?? answers.FindLast(a => a.Answered) ?? answers.FindLast(a => a.Status != SenderStatus.Failed) ?? answers[^1];
        return counts with
        {
            Attempts = [.. answers.SelectMany(a => a.Attempts)],
            Error = counts.Succeeded ? "" : string.Join("; ", answers.Select(a => a.Error)),
        };
    }

    async Task<ControllerAnswer> TryAsync(
        ControllerRequest request, Uri url, byte[]? body, ManagementPort port, IPAddress source, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        using var patience = new CancellationTokenSource(request.SendTimeout > TimeSpan.Zero ? request.SendTimeout : LongestRound, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        ControllerAnswer answer;
        try
        {
            using var line = _connections.Rent(port, source);
            using var message = Message(request, url, body);
            using var response = await line.Invoker.SendAsync(message, stop.Token);
            answer = Judge(request, response, await ReadAsync(response.Content, stop.Token));
        }
        catch (OperationCanceledException)
        {
            answer = new() { Status = SenderStatus.Failed, Error = $"no answer within {_time.GetElapsedTime(began).TotalSeconds:0} s" };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or EveException)
        {
            var (status, error) = SendFailure.Of(e).Through(PortProxies.For(url, port));
            answer = new() { Status = status, Error = error };
        }
        var attempt = new ControllerAttempt(
            port.IfName, source.ToString(), url.ToString(), answer.Status, answer.HttpCode, answer.Error, body?.Length ?? 0, answer.Body.Length, _time.GetElapsedTime(began));
        return answer with { Error = answer.Succeeded ? "" : $"{url} through {port.IfName} ({source}): {answer.Error}", Attempts = [attempt] };
    }

    static HttpRequestMessage Message(ControllerRequest request, Uri url, byte[]? body)
    {
        var message = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, url);
        message.Options.Set(PortConnections.DialTimeout, request.DialTimeout);
        message.Headers.Add("X-Request-Id", Guid.NewGuid().ToString());
        if (request.Serial.Length > 0)
            message.Headers.TryAddWithoutValidation("X-Serial-Number", request.Serial);
        if (request.SoftSerial.Length > 0)
            message.Headers.TryAddWithoutValidation("X-Soft-Serial", request.SoftSerial);
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(ProtoBinary);
        }
        return message;
    }

    static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
        return await content.ReadAsByteArrayAsync(cancellationToken);
    }

    ControllerAnswer Judge(ControllerRequest request, HttpResponseMessage response, byte[] body)
    {
        var answer = new ControllerAnswer { HttpCode = (int)response.StatusCode, Body = body };
        if (HttpVerdicts.Of(answer.HttpCode) is var status && status != SenderStatus.None)
            return answer with { Status = status, Error = $"the controller answers {answer.HttpCode} {response.ReasonPhrase}" };
        if (body.Length == 0)
            return answer;
        var media = response.Content.Headers.ContentType?.MediaType;
        if (media != ProtoBinary && !(request.AnyMediaType && media is "application/json" or "text/plain"))
            return answer with { Status = SenderStatus.Failed, Error = $"the answer is of type '{media}' instead of {ProtoBinary}: is something in between?" };
        var opened = request.Answer switch
        {
            AnswerSeal.Controller => AuthEnvelope.Open(body, _certs.Signers()),
            AnswerSeal.Unchecked => AuthEnvelope.OpenUnchecked(body),
            _ => new(body),
        };
        return answer with { Payload = opened.Payload, Status = opened.Status, Error = opened.Error };
    }

    /// <inheritdoc />
    public void Dispose() => _connections.Dispose();
}
