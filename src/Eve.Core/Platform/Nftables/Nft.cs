using System.Text.Json;

namespace Eve.Platform;

/// <summary>Reads and changes the packet filter by the program nft, in its JSON form.</summary>
internal sealed class Nft(ICommands commands)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly string[] NamingFields = ["family", "table", "chain", "name"];
    const string NothingThere = "No such file or directory";

    /// <summary>
    /// Applies <c>{"nftables":[…]}</c> as one transaction: all of it or nothing. Empty when it was applied, otherwise what is wrong, with the command that failed.
    /// </summary>
    public async Task<string> ApplyAsync(string json, CancellationToken cancellationToken)
    {
        // nft takes text that is not JSON for its other language and says that all is well.
        var entries = Entries(json);
        var result = await RunAsync(["-j", "-f", "-"], json, cancellationToken);
        if (result.Succeeded)
            return "";
        var reason = Reason(result);
        return await FindAsync(entries, cancellationToken) is { } culprit ? $"{culprit}: {reason}" : reason;
    }

    /// <summary>A table, for example inet eve; null when there is none.</summary>
    public async Task<NftTable?> ListTableAsync(string family, string name, CancellationToken cancellationToken) =>
        await ListAsync(["table", family, name], cancellationToken) is { } json ? NftParse.Table(json, family, name) : null;

    /// <summary>A set or map with its elements; null when there is none.</summary>
    public async Task<NftSet?> ListSetAsync(string family, string table, string name, CancellationToken cancellationToken) =>
        await ListAsync(["set", family, table, name], cancellationToken) is { } json ? NftParse.Set(json) : null;

    /// <summary>The named counters of a table; none when there is no such table.</summary>
    public async Task<IReadOnlyDictionary<string, NftCounter>> ListCountersAsync(string family, string table, CancellationToken cancellationToken) =>
        await ListAsync(["counters", "table", family, table], cancellationToken) is { } json ? NftParse.Counters(json) : new Dictionary<string, NftCounter>();

    async Task<string?> ListAsync(IReadOnlyList<string> what, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["-j", "list", .. what], null, cancellationToken);
        return !result.Succeeded && result.Error.Contains(NothingThere, StringComparison.Ordinal) ? null : result.Check().Output;
    }

    Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, string? input, CancellationToken cancellationToken) =>
        commands.RunAsync("nft", arguments, input, Patience, cancellationToken: cancellationToken);

    // In JSON, nft does not say which command failed: the shortest beginning that fails ends with it. Only tried, nothing is changed.
    async Task<string?> FindAsync(IReadOnlyList<JsonElement> entries, CancellationToken cancellationToken)
    {
        var (good, bad) = (0, entries.Count);
        while (bad - good > 1)
        {
            var middle = (good + bad) / 2;
            var input = $$"""{"nftables":[{{string.Join(',', entries.Take(middle).Select(entry => entry.GetRawText()))}}]}""";
            if ((await RunAsync(["-c", "-j", "-f", "-"], input, cancellationToken)).Succeeded)
                good = middle;
            else
                bad = middle;
        }

        return entries.Count == 0 ? null : Describe(entries[bad - 1]);
    }

    static IReadOnlyList<JsonElement> Entries(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.GetProperty("nftables").EnumerateArray().Select(entry => entry.Clone())];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArgumentException("""not of the form {"nftables":[…]}""", nameof(json), failure);
        }
    }

    // {"add":{"rule":{"family":"inet","table":"eve","chain":"e","comment":"ace 1",…}}} → add rule inet eve e (ace 1)
    static string Describe(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object || entry.EnumerateObject().FirstOrDefault() is not { Value.ValueKind: JsonValueKind.Object } command
            || command.Value.EnumerateObject().FirstOrDefault() is not { Value.ValueKind: JsonValueKind.Object } thing)
            return NftParse.Compact(entry);
        var names = NamingFields.Select(name => thing.Value.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null).OfType<string>();
        var comment = thing.Value.TryGetProperty("comment", out var text) ? $" ({text})" : "";
        return string.Join(' ', names.Prepend(thing.Name).Prepend(command.Name)) + comment;
    }

    static string Reason(CommandResult result)
    {
        const string Mark = "Error: ";
        var lines = result.Error.Split('\n').Where(line => line.Contains(Mark, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].Trim());
        var reason = lines.FirstOrDefault() ?? result.Complaint;
        const string Refused = "Could not process rule: ";
        return reason.StartsWith(Refused, StringComparison.Ordinal) ? Explain(reason[Refused.Length..]) : Explain(reason);
    }

    static string Explain(string reason) => reason switch
    {
        NothingThere => "it names something that is not there (no such table, chain, set, element or object, or the kernel lacks this kind of rule)",
        "Device or resource busy" => "it is still in use by a rule or a map",
        "File exists" => "it is there already, with another content",
        "Operation not supported" => "the kernel does not support this",
        "Operation not permitted" => "not permitted: nft needs the capability CAP_NET_ADMIN",
        _ => reason,
    };
}
