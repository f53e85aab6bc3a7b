using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Eve.Agents.Zedagent.ConfigParsing;
using Eve.Topics;

namespace Eve.Agents.Zedagent.Private;

/// <summary>What zedagent's parts tell each other.</summary>
internal static class ZedagentPrivate
{
    const string Scope = "private";

    /// <summary>By ConfigFetcher.</summary>
    public static readonly Topic<ConfigReceipt> ConfigReceipt = new(AgentNames.Zedagent, Scope: Scope);

    /// <summary>By ConfigFetcher.</summary>
    public static readonly Topic<ConfigVerdict> ConfigVerdict = new(AgentNames.Zedagent, Scope: Scope);

    /// <summary>By ConfigFetcher, for CertFetcher.</summary>
    public static readonly Topic<CertsWanted> CertsWanted = new(AgentNames.Zedagent, Scope: Scope);

    /// <summary>How ConfigFetcher's requests went; the public MetricsMap is the sum of all parts'.</summary>
    public static readonly Topic<MetricsMap> ConfigMetrics = new(AgentNames.Zedagent, Scope: "private-config");

    /// <summary>How CertFetcher's requests went.</summary>
    public static readonly Topic<MetricsMap> CertMetrics = new(AgentNames.Zedagent, Scope: "private-certs");
}

/// <summary>How far the configuration has come.</summary>
/// <param name="LastReceived">When a configuration came last (the controller's time stamp if it has one); zero before.</param>
/// <param name="LastProcessed">When one was applied last, live or saved.</param>
/// <param name="ConfigHash">The controller's hash of the applied one; empty for a saved one.</param>
/// <param name="Epoch">When it changes, everything is reported anew.</param>
/// <param name="Names">The device's names, as the last configuration had them.</param>
/// <param name="RebootCounter">Of the last reboot command.</param>
/// <param name="ShutdownCounter">Of the last shutdown command.</param>
/// <param name="Applied">Whether a configuration, live or saved, is in force.</param>
/// <param name="Error">Why the last fetch brought nothing; empty if it went well.</param>
/// <param name="Refused">Why what the controller last sent is not in force; empty if it is.</param>
internal sealed record ConfigReceipt(
    GoTime LastReceived = default,
    GoTime LastProcessed = default,
    string ConfigHash = "",
    long Epoch = 0,
    EdgeNodeInfo? Names = null,
    uint RebootCounter = 0,
    uint ShutdownCounter = 0,
    bool Applied = false,
    string Error = "",
    string Refused = "") : ITopic<ConfigReceipt>
{
    public string Key => "global";
    public static JsonTypeInfo<ConfigReceipt> Json => ZedagentJson.Default.ConfigReceipt;
}

/// <summary>What is wrong with the configuration in force.</summary>
/// <param name="Faults">One for each fault of an object.</param>
/// <param name="Items">What became of each configuration item.</param>
internal sealed record ConfigVerdict(ValueList<ConfigFault> Faults = default, ValueList<ConfigItemReport> Items = default) : ITopic<ConfigVerdict>
{
    public string Key => "global";
    public static JsonTypeInfo<ConfigVerdict> Json => ZedagentJson.Default.ConfigVerdict;
}

/// <summary>Asks for the controller's certificates: each new value is one fetch.</summary>
/// <param name="Unknown">How often an answer was signed with an unknown certificate.</param>
/// <param name="Hash">controllercert_confighash of the last configuration.</param>
internal sealed record CertsWanted(uint Unknown = 0, string Hash = "") : ITopic<CertsWanted>
{
    public string Key => "global";
    public static JsonTypeInfo<CertsWanted> Json => ZedagentJson.Default.CertsWanted;
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(ValueListConverter<ConfigFault>), typeof(ValueListConverter<ConfigItemReport>)])]
[JsonSerializable(typeof(ConfigReceipt))]
[JsonSerializable(typeof(ConfigVerdict))]
[JsonSerializable(typeof(CertsWanted))]
[JsonSerializable(typeof(StoredCommand))]
[JsonSerializable(typeof(ReportedObject))]
[JsonSerializable(typeof(ConfigFault[]))]
[JsonSerializable(typeof(ConfigItemReport[]))]
internal sealed partial class ZedagentJson : JsonSerializerContext;
