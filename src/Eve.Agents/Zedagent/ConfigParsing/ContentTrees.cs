using System.Buffers;
using Eve.Topics;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>contentInfo.</summary>
internal static class ContentTrees
{
    const string Section = "contentInfo";
    static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    public static ValueList<ContentTreeConfig> Parse(Wire.EdgeDevConfig config, ValueList<DatastoreConfig> datastores, ParseInputs inputs, Faults faults) =>
        faults.Unique(Section, config.ContentInfo.Select(c => ToTopic(c, datastores, inputs, faults)).OfType<ContentTreeConfig>(), c => c.DisplayName);

    static ContentTreeConfig? ToTopic(Wire.ContentTree tree, ValueList<DatastoreConfig> datastores, ParseInputs inputs, Faults faults)
    {
        var name = Fields.Shown(tree.DisplayName);
        if (!Fields.TryId(tree.Uuid, out var id))
        {
            faults.Add(Section, "", name, $"content '{name}' has the id '{Fields.Shown(tree.Uuid)}', which is no UUID; correct it");
            return null;
        }
        var listed = tree.DsIdsList.Count > 0 ? tree.DsIdsList.ToList() : [tree.DsId];
        var stores = listed.Select(text => Fields.TryId(text, out var store) ? store : Guid.Empty).ToList();
        var result = new ContentTreeConfig(
            id,
            [.. stores.Contains(Guid.Empty) ? [Guid.Empty] : stores],
            tree.URL,
            (ImageFormat)tree.Iformat,
            Digest(tree.Sha256),
            tree.MaxSizeBytes,
            DisplayName: tree.DisplayName,
            CustomMeta: tree.CustomMetaData,
            IsLocal: IsLocal(tree, inputs.DeviceId));
        faults.Add(Section, result.Key, name, Errors(tree, result, listed, stores, datastores));
        return result;
    }

    // Files are named by it: what is no digest at all goes no further than the fault.
    static string Digest(string sha256) => sha256.All(char.IsAsciiLetterOrDigit) ? sha256.ToLowerInvariant() : "";

    // Content of a container is wanted on every node of a cluster.
    static bool IsLocal(Wire.ContentTree tree, Guid device) =>
        tree.DesignatedNodeId.Length == 0 || tree.Iformat == Wire.Format.Container || (Fields.TryId(tree.DesignatedNodeId, out var node) && node == device);

    static IEnumerable<string> Errors(Wire.ContentTree tree, ContentTreeConfig result, List<string> listed, List<Guid> stores, ValueList<DatastoreConfig> datastores)
    {
        var what = $"content '{Fields.Shown(tree.DisplayName)}'";
        if (Fields.NameFault("content name", tree.DisplayName) is { } name)
            yield return name;
        if (Fields.NumberFault($"{what}: format", tree.Iformat) is { } format)
            yield return format;
        if (tree.URL.Any(char.IsControl) || tree.URL.Split('/').Contains(".."))
            yield return $"{what}: URL '{Fields.Shown(tree.URL)}' has a control character or a '..' part; correct it";
        if (tree.Iformat != Wire.Format.Container && (result.ContentSha256.Length != 64 || result.ContentSha256.AsSpan().ContainsAnyExcept(Hex)))
            yield return $"{what}: sha256 '{Fields.Shown(tree.Sha256)}' is not 64 hexadecimal digits; correct it";
        for (var i = 0; i < stores.Count; i++)
        {
            if (!datastores.Any(d => d.UUID == stores[i]))
                yield return $"{what} names the datastore '{Fields.Shown(listed[i])}', which is not in datastores; add it or correct the id";
        }
    }
}
