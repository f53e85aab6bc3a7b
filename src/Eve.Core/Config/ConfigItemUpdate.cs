using Eve.Topics;

namespace Eve;

/// <summary>What became of one item: its value in force as text and, when what was asked for is refused, why and what to do.</summary>
/// <param name="Key">The key as it was given.</param>
/// <param name="Value">The value in force; for an unknown item the one that was asked for.</param>
/// <param name="Error">Empty when all is well.</param>
/// <param name="Known">Whether there is such an item.</param>
internal sealed record ConfigItemReport(string Key, string Value, string Error = "", bool Known = true);

/// <summary>A new set of configuration items, and what became of each.</summary>
/// <param name="Values">All items of the device, and what agents have of their own.</param>
/// <param name="Reports">One for each item of the device, each override that was asked for, and each unknown key.</param>
internal sealed record ConfigItemUpdate(ConfigItemValueMap Values, IReadOnlyList<ConfigItemReport> Reports)
{
    /// <summary>What was refused.</summary>
    public IEnumerable<ConfigItemReport> Errors => Reports.Where(report => report.Error.Length > 0);

    /// <summary>
    /// The items that follow from the defaults and these texts. A bad value leaves the former one (else the default) in force, the others apply;
    /// of two texts for one key the last counts; what is no longer asked for has its default again.
    /// </summary>
    public static ConfigItemUpdate From(
        ConfigItemValueMap? former, IEnumerable<KeyValuePair<string, string>> texts, ConfigSource source, ConfigPlatform? platform = null)
    {
        var parse = new Parse(former ?? new(), platform ?? ConfigPlatform.Unknown);
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in texts)
            asked[key] = text;

        foreach (var item in ConfigItems.OfDevice)
            parse.Device(item, asked.GetValueOrDefault(item.Key), source);

        // An override in today's spelling counts more than one in the former.
        foreach (var (key, text) in asked.Where(pair => !ConfigItems.IsOfDevice(pair.Key)).OrderBy(pair => pair.Key.StartsWith(ConfigItems.AgentPrefix, StringComparison.Ordinal)))
            parse.Other(key, text);
        return parse.Result();
    }

    sealed class Parse(ConfigItemValueMap former, ConfigPlatform platform)
    {
        readonly Dictionary<string, ConfigItemValue> _device = [];
        readonly Dictionary<string, Dictionary<string, ConfigItemValue>> _agents = [];
        readonly List<ConfigItemReport> _reports = [];

        public void Device(ConfigItem item, string? text, ConfigSource source)
        {
            var error = "";
            var value = text is null ? item.Default(source, platform) : item.Parse(text, platform, out error);
            value ??= former.GlobalSettings.TryGetValue(item.Key, out var kept) && kept.ItemType == item.ItemType ? kept : item.Default(source, platform);
            _device[item.Key] = value;
            _reports.Add(new(item.Key, ConfigItem.Text(value), Refusal(item.Key, text, error, value)));
        }

        public void Other(string key, string text)
        {
            if (ConfigItems.FindOverride(key) is not var (agent, item))
            {
                _reports.Add(new(key, text, $"{key}: there is no such configuration item; check its spelling, or leave it out", Known: false));
                return;
            }

            var value = item.Parse(text, platform, out var error) ?? Former(agent, item);
            if (value is not null)
                Of(agent)[item.Key] = value;
            var inForce = value ?? item.Default();
            _reports.Add(new(key, ConfigItem.Text(inForce), Refusal(key, text, error, inForce)));
        }

        public ConfigItemUpdate Result() => new(
            new ConfigItemValueMap(new(_device), new(_agents.Select(pair => KeyValuePair.Create(pair.Key, new ValueMap<string, ConfigItemValue>(pair.Value.AsEnumerable()))))),
            _reports);

        Dictionary<string, ConfigItemValue> Of(string agent) => _agents.TryGetValue(agent, out var settings) ? settings : _agents[agent] = [];

        ConfigItemValue? Former(string agent, ConfigItem item) =>
            former.AgentSettings.TryGetValue(agent, out var settings) && settings.TryGetValue(item.Key, out var kept) && kept.ItemType == item.ItemType ? kept : null;

        static string Refusal(string key, string? text, string error, ConfigItemValue inForce) =>
            error.Length == 0 ? "" : $"{key}: '{Shown(text!)}' is refused: it {error}; '{Shown(ConfigItem.Text(inForce))}' stays in force";

        static string Shown(string text) => string.Concat((text.Length <= 80 ? text : text[..80] + "…").Select(c => char.IsControl(c) ? '?' : c));
    }
}
