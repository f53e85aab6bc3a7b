using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Eve.Api.Attest;
using Eve.Api.Config;
using Eve.Api.Uuid;
using Eve.Samples.Controller.Faults;
using Eve.Samples.Controller.Identity;
using Eve.Samples.Controller.Store;
using Google.Protobuf;

namespace Eve.Samples.Controller.Api;

/// <summary>The endpoints that devices call. Routing itself answers 404 to other paths and 405 to the wrong method.</summary>
sealed class DeviceApi(DeviceStore devices, OnboardingList onboarding, Authority authority, Func<ControllerSettings> settings, TimeProvider time, ILogger log)
{
    readonly EnvelopeReader _reader = new(devices);
    readonly Registrations _registrations = new(devices, onboarding);

    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v2/edgedevice");
        api.MapGet("ping", (HttpContext http) => Done(http, StatusCodes.Status200OK));
        api.MapGet("certs", (HttpContext http) => ReplyAsync(http, StatusCodes.Status200OK, authority.Certificates));
        api.MapPost("register", RegisterAsync);
        api.MapPost("uuid", UuidAsync);
        api.MapPost("id/{uuid}/config", (HttpContext http, string uuid) => ConfigAsync(http, uuid));
        api.MapPost("id/{uuid}/attest", (HttpContext http, string uuid) => AttestAsync(http, uuid));
        foreach (var kind in MessageKind.OfDevice.Where(kind => kind != MessageKind.Attest))
            api.MapPost("id/{uuid}/" + kind.Name, (HttpContext http, string uuid) => KeepAsync(http, () => _reader.OpenAsync(http.Request, uuid), kind, device => device[kind]));
        foreach (var kind in MessageKind.OfApp)
        {
            // Devices send to the first of these; the second is the one in the API's documents.
            api.MapPost("id/{uuid}/apps/instanceid/{app:guid}/" + kind.Name, (HttpContext http, string uuid, Guid app) =>
                KeepAsync(http, () => _reader.OpenAsync(http.Request, uuid), kind, device => device.AppLog(app, kind)));
            api.MapPost("apps/instanceid/{app:guid}/" + kind.Name, (HttpContext http, Guid app) =>
                KeepAsync(http, () => _reader.OpenAsync(http.Request), kind, device => device.AppLog(app, kind)));
        }
    }

    async Task RegisterAsync(HttpContext http)
    {
        var opened = await EnvelopeReader.OpenOnboardingAsync(http.Request);
        if (opened.Refusal is { } refusal)
        {
            await RefuseAsync(http, refusal);
            return;
        }
        using var certificate = opened.Onboarding!;
        var (status, reason, device) = _registrations.Register(opened.Payload, certificate);
        if (device is null)
        {
            await RefuseAsync(http, new Refusal(status, reason));
            return;
        }
        Log.Registered(log, device.Uuid, device.Record.Serial, status);
        await Done(http, status);
    }

    async Task UuidAsync(HttpContext http)
    {
        var opened = await _reader.OpenAsync(http.Request);
        if (await RefusedAsync(http, opened) || !await ParsesAsync(http, UuidRequest.Parser, opened.Payload))
            return;
        var record = opened.Device!.Record;
        Seen(opened.Device);
        await ReplyAsync(http, StatusCodes.Status200OK, new UuidResponse { Uuid = record.Uuid.ToString(), Manufacturer = record.Manufacturer, ProductName = record.Product });
    }

    async Task ConfigAsync(HttpContext http, string uuid)
    {
        var opened = await _reader.OpenAsync(http.Request, uuid);
        if (await RefusedAsync(http, opened) || !await ParsesAsync(http, ConfigRequest.Parser, opened.Payload))
            return;
        var device = opened.Device!;
        var request = ConfigRequest.Parser.ParseFrom(opened.Payload);
        Seen(device);
        if (TokenIsStale(device, request.IntegrityToken))
        {
            await RefuseAsync(http, Refusal.Forbidden("the integrity token is stale: attest again"));
            return;
        }
        if (device.Config.Current() is not { } config)
        {
            Log.ConfigFailed(log, device.Uuid, device.Config.Error);
            await RefuseAsync(http, new Refusal(StatusCodes.Status503ServiceUnavailable, "the configuration file does not parse"));
            return;
        }
        device.LastConfigHash = config.Hash;
        if (request.ConfigHash != config.Hash)
            await ReplyAsync(http, StatusCodes.Status200OK, new ConfigResponse { Config = config.Message, ConfigHash = config.Hash });
        else if (settings().UnchangedStatus == StatusCodes.Status304NotModified)
            await Done(http, StatusCodes.Status304NotModified);
        else
            await ReplyAsync(http, StatusCodes.Status200OK, new ConfigResponse { ConfigHash = config.Hash });
    }

    bool TokenIsStale(Device device, ByteString token) =>
        token.IsEmpty ? settings().RequireToken : token != device.Attestation.Token;

    async Task AttestAsync(HttpContext http, string uuid)
    {
        var opened = await _reader.OpenAsync(http.Request, uuid);
        if (await RefusedAsync(http, opened) || !await ParsesAsync(http, ZAttestReq.Parser, opened.Payload))
            return;
        var device = opened.Device!;
        var request = ZAttestReq.Parser.ParseFrom(opened.Payload);
        Seen(device);
        device[MessageKind.Attest].Append(opened.Payload);
        if (settings().Attest == AttestMode.Refuse && request.ReqType != ZAttestReqType.AttestReqCert)
            await RefuseAsync(http, new Refusal(StatusCodes.Status404NotFound, "this controller attests no devices"));
        else if (device.Attestation.Answer(request) is { } answer)
        {
            if (request.ReqType == ZAttestReqType.AttestReqQuote)
                Log.Unverified(log, device.Uuid);
            await ReplyAsync(http, StatusCodes.Status201Created, answer);
        }
        else
            await RefuseAsync(http, Refusal.Unprocessable($"reqType is {(int)request.ReqType}"));
    }

    async Task KeepAsync(HttpContext http, Func<Task<Opened>> open, MessageKind kind, Func<Device, MessageLog> logOf)
    {
        var opened = await open();
        if (await RefusedAsync(http, opened))
            return;
        if (kind.Check(opened.Payload, opened.Device!.Uuid) is { } wrong)
        {
            await RefuseAsync(http, Refusal.Unprocessable(wrong));
            return;
        }
        Seen(opened.Device);
        logOf(opened.Device).Append(opened.Payload);
        await Done(http, StatusCodes.Status201Created);
    }

    void Seen(Device device) => device.LastSeen = time.GetUtcNow();

    async Task<bool> ParsesAsync(HttpContext http, MessageParser parser, byte[] payload)
    {
        try
        {
            parser.ParseFrom(payload);
            return true;
        }
        catch (InvalidProtocolBufferException e)
        {
            await RefuseAsync(http, Refusal.Unprocessable("the payload does not parse: " + e.Message));
            return false;
        }
    }

    async Task ReplyAsync(HttpContext http, int status, IMessage message)
    {
        // A fault may ask for a signature that is not ours.
        using var key = http.Features.Get<Fault>()?.WrongKey == true ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : authority.Signing.GetECDsaPrivateKey()!;
        var body = Envelope.Seal(message, authority.SigningHash, key);
        http.Response.StatusCode = status;
        http.Response.ContentType = EnvelopeReader.MediaType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    static Task Done(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        if (status != StatusCodes.Status304NotModified)
            http.Response.ContentType = EnvelopeReader.MediaType;
        return Task.CompletedTask;
    }

    async Task<bool> RefusedAsync(HttpContext http, Opened opened)
    {
        if (opened.Refusal is not { } refusal)
            return false;
        await RefuseAsync(http, refusal);
        return true;
    }

    Task RefuseAsync(HttpContext http, Refusal refusal)
    {
        Log.Refused(log, http.Request.Path, refusal.Status, refusal.Reason);
        http.Features.Set(refusal);
        return Done(http, refusal.Status);
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "device {Uuid} with serial number {Serial}: registered ({Status})")]
    public static partial void Registered(ILogger log, Guid uuid, string serial, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: {Status}, {Reason}")]
    public static partial void Refused(ILogger log, string path, int status, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "no configuration for device {Uuid}: {Error}")]
    public static partial void ConfigFailed(ILogger log, Guid uuid, string? error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "device {Uuid}: its quote was taken without verifying the registers")]
    public static partial void Unverified(ILogger log, Guid uuid);
}
