using Eve.Topics;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>Reads a whole configuration, in the order in which its parts lean on each other (controller.md 2.3).</summary>
internal static class ConfigParser
{
    /// <summary>What the configuration says. A fault in one object goes out with that object; the pass goes on.</summary>
    public static ParsedConfig Parse(Wire.EdgeDevConfig config, ConfigItemUpdate items, ParseInputs inputs)
    {
        var faults = new Faults();
        DeviceFields.NoteUnsupported(config, faults);
        var contexts = Ciphers.Parse(config, faults);
        var datastores = Datastores.Parse(config, contexts, inputs, faults);
        var ios = PhysicalIos.Parse(config, faults);
        var networks = Networks.Parse(config, contexts, inputs, faults);
        var ports = SystemAdapters.Parse(config, ios, networks, inputs, faults);
        var instances = NetworkInstances.Parse(config, inputs, faults);
        var contents = ContentTrees.Parse(config, datastores, inputs, faults);
        var volumes = Volumes.Parse(config, contents, inputs, faults);
        var around = new AppSurroundings(volumes, contents, instances, ios.AdapterList, contexts, new ConfigView(items.Values).Get(ConfigItems.AppBootOrder));
        return new(
            items,
            DeviceFields.Names(config),
            DeviceFields.Node(config),
            contexts,
            datastores,
            ios,
            networks,
            ports,
            instances,
            contents,
            volumes,
            Apps.Parse(config, around, inputs, faults),
            config.MaintenanceMode,
            config.ControllerEpoch,
            config.ControllercertConfighash,
            config.ConfigTimestamp?.ToDateTimeOffset(),
            faults.All);
    }

    /// <summary>The configuration items alone.</summary>
    public static ConfigItemUpdate Items(Wire.EdgeDevConfig config, ConfigItemValueMap? former, ConfigSource source) =>
        ConfigItemUpdate.From(former, config.ConfigItems.Select(item => KeyValuePair.Create(item.Key, item.Value)), source);
}
