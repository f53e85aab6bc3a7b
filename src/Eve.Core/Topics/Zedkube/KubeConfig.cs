using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record KubeConfig(string K3sVersion = "", VmiDescheduleConfig? VmiDescheduleEvents = null) : ITopic<KubeConfig>
{
    public VmiDescheduleConfig VmiDescheduleEvents { get; init; } = VmiDescheduleEvents ?? new();

    public string Key => "global";
    public static JsonTypeInfo<KubeConfig> Json => EveJson.KubeConfig;
}

public sealed record VmiDescheduleConfig(bool OnBoot = false);
