using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eve.Platform;

namespace Eve.Agents.Zedagent;

/// <summary>A message that the controller must get.</summary>
/// <param name="Key">What it is about: the newest message of a key replaces those before it.</param>
/// <param name="Device">Whose message it is.</param>
/// <param name="Action">Where it goes: "info".</param>
/// <param name="Priority">Lower ones go first.</param>
/// <param name="Sequence">Within a priority the oldest goes first.</param>
/// <param name="Body">The message as bytes.</param>
public sealed record UnsentMessage(string Key, Guid Device, string Action, int Priority, long Sequence, byte[] Body);

/// <summary>The messages on disk that wait for the controller.</summary>
public interface IUnsentMessages
{
    /// <summary>All that are there; what cannot be read is deleted.</summary>
    IReadOnlyList<UnsentMessage> ReadAll();

    /// <summary>Keeps a message in place of the one under its key.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    void Write(UnsentMessage message);

    /// <summary>Forgets the message under a key.</summary>
    /// <exception cref="IOException">It could not be deleted.</exception>
    void Delete(string key);
}

/// <summary>One file for each, below /persist.</summary>
internal sealed class UnsentFiles(EvePaths paths) : IUnsentMessages
{
    readonly string _folder = Path.Combine(paths.Persist, "zedagent", "unsent");

    public IReadOnlyList<UnsentMessage> ReadAll() =>
        Directory.Exists(_folder) ? [.. Directory.EnumerateFiles(_folder).ToList().Select(ReadOrDelete).OfType<UnsentMessage>()] : [];

    public void Write(UnsentMessage message) => DurableFile.Write(PathOf(message.Key), JsonSerializer.SerializeToUtf8Bytes(message, UnsentJson.Default.UnsentMessage));

    public void Delete(string key)
    {
        if (File.Exists(PathOf(key)))
            DurableFile.Delete(PathOf(key));
    }

    // What a kill left half done, or a bad disk spoiled, helps nobody.
    UnsentMessage? ReadOrDelete(string file)
    {
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(file), UnsentJson.Default.UnsentMessage) is { Key: not null, Action: not null, Body: not null } message
                && PathOf(message.Key) == file)
                return message;
            File.Delete(file);
        }
        catch (JsonException)
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
        return null;
    }

    // Keys come from the configuration: none of them is a file's name.
    string PathOf(string key) => Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))[..16]) + ".json");
}

[JsonSerializable(typeof(UnsentMessage))]
internal sealed partial class UnsentJson : JsonSerializerContext;
