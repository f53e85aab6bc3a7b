using System.Text.Json;

namespace Eve.Demo;

/// <summary>What the last message about each object says, as the controller keeps it.</summary>
public sealed class ControllerView
{
    // Where a report of each kind has the id of its object.
    static readonly string[] Ids = ["AppID", "networkID", "uuid"];

    static readonly string[] Kinds = ["ainfo", "niinfo", "vinfo", "cinfo"];

    readonly List<JsonElement> _messages;

    ControllerView(List<JsonElement> messages) => _messages = messages;

    /// <summary>The stages of an application's way until its volume is there, in their order.</summary>
    public static IReadOnlyList<(string Name, Func<ControllerView, bool> Reached)> Installation { get; } =
    [
        ("downloaded (progress 100)", view => view.DownloadPercent == 100),
        ("verified", view => view.IsLoaded),
        ("volume created", view => view.InstallPercent == 100),
    ];

    /// <summary>The stages after that.</summary>
    public static IReadOnlyList<(string Name, Func<ControllerView, bool> Reached)> Start { get; } =
    [
        ("network instance up", view => view.Find("niinfo") is { } network && network.TryGetProperty("activated", out var up) && up.GetBoolean()),
        ("app booting", view => view.Text("ainfo", "state") is "BOOTING" or "RUNNING"),
        ("app running", view => view.Text("ainfo", "state") is "RUNNING"),
    ];

    /// <summary>The whole way.</summary>
    public static IReadOnlyList<(string Name, Func<ControllerView, bool> Reached)> Stages { get; } = [.. Installation, .. Start];

    /// <summary>How much of the image the device has fetched.</summary>
    public int DownloadPercent => IsLoaded ? 100 : Number("cinfo", "progressPercentage") ?? 0;

    /// <summary>How much of the volume it has made of it.</summary>
    public int InstallPercent => Text("vinfo", "state") switch
    {
        "CREATED_VOLUME" or "INSTALLED" or "DELIVERED" => 100,
        "CREATING_VOLUME" => Number("vinfo", "progressPercentage") ?? 0,
        _ => 0,
    };

    /// <summary>The application's state in the words of the API.</summary>
    public string? AppState => Text("ainfo", "state");

    /// <summary>The application's first address.</summary>
    public string? AppAddress => Find("ainfo") is { } app && app.TryGetProperty("network", out var networks) && networks.GetArrayLength() > 0
        && networks[0].TryGetProperty("IPAddrs", out var addresses) ? addresses[0].GetString() : null;

    /// <summary>How often the device was started before its present life.</summary>
    public int? Restarts => Number("dinfo", "restartCounter");

    /// <summary>The application is in nobody's state any more.</summary>
    public bool IsGone => Find("ainfo") is not { } app || !app.TryGetProperty("state", out _);

    bool IsLoaded => Text("cinfo", "state") is "LOADING" or "DELIVERED";

    public static ControllerView Of(JsonElement? messages) => new(messages is { } list ? [.. list.EnumerateArray()] : []);

    /// <summary>The first object of a kind.</summary>
    public JsonElement? Find(string kind)
    {
        foreach (var message in _messages)
        {
            if (message.TryGetProperty(kind, out var found))
                return found;
        }
        return null;
    }

    /// <summary>One object of a kind by its id, as the configuration has it.</summary>
    public JsonElement? Find(string kind, string id)
    {
        foreach (var message in _messages)
        {
            if (message.TryGetProperty(kind, out var found) && Ids.Any(name => found.TryGetProperty(name, out var value) && value.GetString() == id))
                return found;
        }
        return null;
    }

    /// <summary>The objects that there are, by kind and id: of one that is gone its last report has the id alone.</summary>
    public IEnumerable<string> Objects => from message in _messages
                                          from kind in Kinds
                                          where message.TryGetProperty(kind, out var found) && (found.TryGetProperty("state", out _) || found.TryGetProperty("displayname", out _))
                                          select $"{kind} {Ids.Select(name => message.GetProperty(kind).TryGetProperty(name, out var id) ? id.GetString() : null).First(id => id is not null)}";

    /// <summary>What is wrong with an object, in the device's words; empty if nothing is.</summary>
    public string Errors(string kind, string id) => Find(kind, id) is { } found ? string.Join('\n', Descriptions(found)) : "";

    static IEnumerable<string> Descriptions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == "description" ? [p.Value.GetString()!] : Descriptions(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Descriptions),
        _ => [],
    };

    /// <summary>When the device said the last of what is known of a kind.</summary>
    public DateTimeOffset? ToldAt(string kind) =>
        _messages.Where(m => m.TryGetProperty(kind, out _)).Select(m => m.GetProperty("atTimeStamp").GetDateTimeOffset()).Cast<DateTimeOffset?>().Max();

    string? Text(string kind, string member) => Find(kind) is { } found && found.TryGetProperty(member, out var value) ? value.ToString() : null;

    int? Number(string kind, string member) => Find(kind) is { } found && found.TryGetProperty(member, out var value) && value.TryGetInt32(out var number) ? number : null;
}
