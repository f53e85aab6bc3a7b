using System.Text;
using System.Text.Json;
using Eve.Agents.Zedagent.ConfigParsing;
using Eve.Topics;
using Google.Protobuf;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>The configuration items that the device starts with, before it has heard anything (walk-device.md 2).</summary>
internal static class FirstItems
{
    /// <summary>From a configuration that was saved: its items alone.</summary>
    public static ConfigItemUpdate? OfSaved(byte[]? payload)
    {
        try
        {
            return payload is null ? null : ConfigParser.Items(Wire.ConfigResponse.Parser.ParseFrom(payload).Config ?? new(), null, ConfigSource.Device);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>From the files of an installation; the items' file goes before the keys, even if it has none.</summary>
    public static ConfigItemUpdate OfInstallation(byte[]? globalJson, byte[]? authorizedKeys)
    {
        if (globalJson is not null && Read(globalJson) is { } items)
            return ConfigItemUpdate.From(null, Texts(items), ConfigSource.Device);
        var keys = authorizedKeys is null ? "" : Keys(Encoding.UTF8.GetString(authorizedKeys));
        return ConfigItemUpdate.From(null, keys.Length > 0 ? [KeyValuePair.Create(ConfigItems.SshAuthorizedKeys.Key, keys)] : [], ConfigSource.Device);
    }

    static ConfigItemValueMap? Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ConfigItemValueMap.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static IEnumerable<KeyValuePair<string, string>> Texts(ConfigItemValueMap items) =>
        items.GlobalSettings.Select(pair => KeyValuePair.Create(pair.Key, ConfigItem.Text(pair.Value)))
            .Concat(items.AgentSettings.SelectMany(agent => agent.Value.Select(pair => KeyValuePair.Create($"agent.{agent.Key}.{pair.Key}", ConfigItem.Text(pair.Value)))));

    static string Keys(string file) => string.Join('\n', file.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'));
}
