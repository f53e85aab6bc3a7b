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
internal sealed class UnsentFiles(EvePaths paths, IFiles files) : IUnsentMessages
{
    readonly string _folder = Path.Combine(paths.Persist, "zedagent", "unsent");

    public IReadOnlyList<UnsentMessage> ReadAll() =>
        [.. files.List(_folder).Select(n => ReadOrDelete(Path.Combine(_folder, n))).OfType<UnsentMessage>()];

    public void Write(UnsentMessage message) => files.Replace(PathOf(message.Key), JsonSerializer.SerializeToUtf8Bytes(message, UnsentJson.Default.UnsentMessage));

    public void Delete(string key) => files.Delete(PathOf(key));

    // What a kill left half done, or a bad disk spoiled, helps nobody.
    UnsentMessage? ReadOrDelete(string file)
    {
        try
        {
            if (files.Read(file) is not { } content)
                return null;
            if (JsonSerializer.Deserialize(content, UnsentJson.Default.UnsentMessage) is { Key: not null, Action: not null, Body: not null } message
                && PathOf(message.Key) == file)
                return message;
            files.Remove(file);
        }
        catch (JsonException)
        {
            files.Remove(file);
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
