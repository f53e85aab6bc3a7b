using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eve.Samples.Controller.Faults;
using Eve.Samples.Controller.Files;
using Eve.Samples.Controller.Identity;
using Eve.Samples.Controller.Store;
using Google.Protobuf;

namespace Eve.Samples.Controller.Admin;

/// <summary>What a person with curl does with the controller. Every answer is JSON or plain text.</summary>
sealed class AdminApi(LocalController controller, Datastore datastore, TimeProvider time)
{
    static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Text(AdminHelp.Text));
        routes.MapGet("/settings", () => Json(controller.Settings));
        routes.MapPut("/settings", (Delegate)((HttpContext http) => WithBodyAsync<ControllerSettings>(http, settings => Json(controller.Settings = settings))));
        MapDevices(routes);
        MapOnboarding(routes);
        MapFaults(routes);
        MapDatastore(routes);
    }

    void MapDevices(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/devices", () => Json(controller.Devices.All.Select(Describe)));
        routes.MapGet("/devices/{id}", (string id) => WithDevice(id, device => Json(Describe(device))));
        routes.MapDelete("/devices/{id}", (string id) => WithDevice(id, device =>
        {
            controller.Devices.Remove(device);
            return Results.NoContent();
        }));
        routes.MapGet("/devices/{id}/options", (string id) => WithDevice(id, device => Json(DeviceOptions.Of(device.Record))));
        routes.MapPut("/devices/{id}/options", (HttpContext http, string id) => WithBodyAsync<DeviceOptions>(http, options => WithDevice(id, device =>
        {
            device.Change(options.ApplyTo(device.Record));
            return Json(options);
        })));
        routes.MapPost("/devices/{id}/stale-token", (string id) => WithDevice(id, device =>
        {
            device.Attestation.Forget();
            return Results.NoContent();
        }));
        routes.MapGet("/devices/{id}/config", (string id, string? effective, string? format) => WithDevice(id, device => ReadConfig(device, effective is not null, format)));
        routes.MapPut("/devices/{id}/config", WriteConfigAsync);
        foreach (var kind in MessageKind.OfDevice)
            routes.MapGet("/devices/{id}/" + kind.Name, (HttpContext http, string id) => WithDevice(id, device => MessageReader.Read(http, device[kind], kind)));
        foreach (var kind in MessageKind.OfApp)
        {
            routes.MapGet("/devices/{id}/apps/{app:guid}/" + kind.Name, (HttpContext http, string id, Guid app) =>
                WithDevice(id, device => MessageReader.Read(http, device.AppLog(app, kind), kind)));
        }
    }

    void MapOnboarding(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/onboarding", () => Json(controller.Onboarding.All));
        routes.MapPost("/onboarding", (Delegate)((HttpContext http) => WithBodyAsync<OnboardingRequest>(http, request =>
        {
            var (certificate, key) = request.Certificate is { } given ? (given, null) : Authority.SelfSigned("CN=onboarding", time);
            try
            {
                var entry = controller.Onboarding.Add(certificate, request.Serials ?? ["*"]);
                return Json(new { entry.Id, entry.Certificate, entry.Serials, Key = key });
            }
            catch (CryptographicException e)
            {
                return Wrong("certificate: " + e.Message);
            }
        })));
        routes.MapDelete("/onboarding/{certificate}", (string certificate, string? serial) =>
            controller.Onboarding.Remove(certificate, serial) ? Results.NoContent() : Results.NotFound());
    }

    void MapFaults(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/faults", () => Json(controller.Faults.All));
        routes.MapPost("/faults", (Delegate)((HttpContext http) => WithBodyAsync<Fault>(http, fault =>
        {
            controller.Faults.Add(fault);
            return Json(controller.Faults.All);
        })));
        routes.MapDelete("/faults", (string? path) =>
        {
            controller.Faults.Clear(path);
            return Results.NoContent();
        });
        routes.MapGet("/requests", (int? last) => Json(controller.ApiRequests.Last.TakeLast(last ?? int.MaxValue)));
    }

    void MapDatastore(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/datastore", () => Json(datastore.All().Select(found =>
        {
            var (requests, sent) = controller.DatastoreRequests.Total(found.Path);
            return new { found.Path, found.File.Length, Requests = requests, Sent = sent };
        })));
        routes.MapGet("/datastore/requests", (int? last) => Json(controller.DatastoreRequests.Last.TakeLast(last ?? int.MaxValue)));
        routes.MapDelete("/datastore/requests", () =>
        {
            controller.DatastoreRequests.Clear();
            return Results.NoContent();
        });
        routes.MapPut("/datastore/files/{**path}", async (HttpContext http, string path) =>
        {
            if (datastore.Find(path) is not { } file)
                return Wrong("the path leaves the datastore");
            Directory.CreateDirectory(file.DirectoryName!);
            await using (var target = File.Create(file.FullName + ".tmp"))
                await http.Request.Body.CopyToAsync(target, http.RequestAborted);
            File.Move(file.FullName + ".tmp", file.FullName, overwrite: true);
            return Results.NoContent();
        });
        routes.MapDelete("/datastore/files/{**path}", (string path) =>
        {
            if (datastore.Find(path) is not { Exists: true } file)
                return Results.NotFound();
            file.Delete();
            return Results.NoContent();
        });
    }

    static IResult ReadConfig(Device device, bool effective, string? format)
    {
        if (!effective && format is null && File.Exists(device.Config.JsonPath))
            return Results.Bytes(File.ReadAllBytes(device.Config.JsonPath), "application/json");
        if (device.Config.Current()?.Message is not { } current)
            return Results.Text(device.Config.Error + "\n", statusCode: StatusCodes.Status409Conflict);
        var message = current.Clone();
        if (!effective)
            (message.ConfigTimestamp, message.ControllercertConfighash) = (null, "");
        return format == "pb"
            ? Results.Bytes(message.ToByteArray(), "application/x-proto-binary")
            : Results.Text(new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation()).Format(message) + "\n", "application/json");
    }

    async Task<IResult> WriteConfigAsync(HttpContext http, string id)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var binary = http.Request.ContentType?.StartsWith("application/x-proto", StringComparison.OrdinalIgnoreCase) == true;
        return WithDevice(id, device =>
        {
            try
            {
                device.Config.Replace(body.ToArray(), json: !binary);
                return Json(new { Hash = device.Config.Current()?.Hash });
            }
            catch (InvalidProtocolBufferException e)
            {
                return Wrong(e.Message);
            }
        });
    }

    DeviceView Describe(Device device)
    {
        var config = device.Config.Current();
        return new DeviceView(device.Record, device.LastSeen, config?.Hash, device.LastConfigHash, device.Config.Error,
            MessageKind.OfDevice.ToDictionary(kind => kind.Name, kind => device[kind].Count), [.. device.Apps]);
    }

    IResult WithDevice(string id, Func<Device, IResult> act) => controller.Devices.FindByWord(id) is { } device
        ? act(device)
        : Results.Text(string.Create(CultureInfo.InvariantCulture, $"no device, or more than one, is meant by '{id}'\n"), statusCode: StatusCodes.Status404NotFound);

    static async Task<IResult> WithBodyAsync<T>(HttpContext http, Func<T, IResult> act)
    {
        try
        {
            // curl's own content type for --data is that of forms: what was meant is JSON.
            return act((await JsonSerializer.DeserializeAsync<T>(http.Request.Body, _json, http.RequestAborted))!);
        }
        catch (JsonException e)
        {
            return Wrong(e.Message);
        }
    }

    static IResult Json<T>(T value) => Results.Json(value, _json);

    static IResult Wrong(string text) => Results.Text(text + "\n", statusCode: StatusCodes.Status400BadRequest);
}
