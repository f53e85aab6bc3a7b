using Eve.Topics;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>volumes.</summary>
internal static class Volumes
{
    const string Section = "volumes";

    public static ValueList<VolumeConfig> Parse(Wire.EdgeDevConfig config, ValueList<ContentTreeConfig> contents, ParseInputs inputs, Faults faults) =>
        faults.Unique(Section, config.Volumes.Select(v => ToTopic(v, config, contents, inputs, faults)).OfType<VolumeConfig>(), v => v.DisplayName);

    static VolumeConfig? ToTopic(Wire.Volume volume, Wire.EdgeDevConfig config, ValueList<ContentTreeConfig> contents, ParseInputs inputs, Faults faults)
    {
        var name = Fields.Shown(volume.DisplayName);
        if (!Fields.TryId(volume.Uuid, out var id))
        {
            faults.Add(Section, "", name, $"volume '{name}' has the id '{Fields.Shown(volume.Uuid)}', which is no UUID; correct it");
            return null;
        }
        var content = Guid.TryParse(volume.Origin?.DownloadContentTreeID, out var tree) ? tree : Guid.Empty;
        var isNativeContainer = content != Guid.Empty && config.Apps.Any(app =>
            app.Fixedresources?.VirtualizationMode == Wire.VmMode.Nohyper && app.VolumeRefList.Any(r => Names(r, id)));
        var result = new VolumeConfig(
            id,
            content,
            (VolumeContentOriginType)(volume.Origin?.Type ?? default),
            volume.Maxsizebytes > 0 ? (ulong)volume.Maxsizebytes : 0,
            volume.Readonly,
            volume.GenerationCount,
            Encrypted: !volume.ClearText,
            DisplayName: volume.DisplayName,
            HasNoAppReferences: !config.Apps.Any(app => app.VolumeRefList.Any(r => Names(r, id) && r.GenerationCount == volume.GenerationCount)),
            Target: (DriveTarget)volume.Target,
            CustomMeta: contents.FirstOrDefault(c => c.ContentID == content)?.CustomMeta ?? "",
            IsReplicated: !isNativeContainer && Fields.TryId(volume.DesignatedNodeId, out var node) && node != inputs.DeviceId,
            IsNativeContainer: isNativeContainer);
        faults.Add(Section, result.Key, name, Errors(volume, content, contents));
        return result;
    }

    static bool Names(Wire.VolumeRef reference, Guid volume) => Guid.TryParse(reference.Uuid, out var id) && id == volume;

    static IEnumerable<string> Errors(Wire.Volume volume, Guid content, ValueList<ContentTreeConfig> contents)
    {
        var what = $"volume '{Fields.Shown(volume.DisplayName)}'";
        if (Fields.NameFault("volume name", volume.DisplayName) is { } name)
            yield return name;
        if (Fields.NumberFault($"{what}: origin type", volume.Origin?.Type ?? default) is { } origin)
            yield return origin;
        if (volume.Maxsizebytes < 0)
            yield return $"{what}: maxsizebytes {volume.Maxsizebytes} is negative; 0 stands for the size of the content";
        if (volume.Origin?.Type == Wire.VolumeContentOriginType.VcotDownload && !contents.Any(c => c.ContentID == content))
            yield return $"{what} names the content '{Fields.Shown(volume.Origin.DownloadContentTreeID)}', which is not in contentInfo; add it or correct downloadContentTreeID";
    }
}
