using System.Buffers.Binary;
using System.Text.Json;

namespace Eve.Agents.Volumemgr;

/// <summary>What <c>qemu-img info --output=json</c> says of an image.</summary>
internal sealed record ImageInfo(string Format, ulong VirtualSize, ulong ActualSize, bool Dirty, bool Encrypted, string BackingFile, string DataFile);

/// <summary>Which disk images may become volumes. One that reaches for files beside itself would hand the guest whatever the device can read.</summary>
internal static class ImageCheck
{
    /// <summary>How much of a qcow2 file its check needs.</summary>
    public const int HeaderLength = 80;

    const uint Magic = 0x514649fb;
    const ulong ExternalDataFile = 1 << 2;

    /// <summary>
    /// Why a qcow2 image is refused by its first bytes; null if it is not. This comes before qemu-img sees the file: even asking it for information
    /// opens what the image names, which may be any file, device or server.
    /// </summary>
    public static string? Complaint(ReadOnlySpan<byte> header)
    {
        if (header.Length < 72 || BinaryPrimitives.ReadUInt32BigEndian(header) != Magic)
            return "its content is no qcow2 image: it does not begin like one. Put a qcow2 image into the datastore, or give the content's true format.";
        var version = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        if (version is not (2 or 3) || (version == 3 && header.Length < HeaderLength))
            return $"its content is a qcow2 image of version {version}; give one of version 2 or 3.";
        if (BinaryPrimitives.ReadUInt64BigEndian(header[8..]) != 0)
            return Outside("a backing file");
        if (BinaryPrimitives.ReadUInt32BigEndian(header[32..]) != 0)
            return "its content is encrypted by itself; give a plain one (the vault encrypts it).";
        return version == 3 && (BinaryPrimitives.ReadUInt64BigEndian(header[72..]) & ExternalDataFile) != 0 ? Outside("a data file") : null;
    }

    /// <summary>The same by what qemu-img understood.</summary>
    public static string? Complaint(ImageInfo info) => info switch
    {
        { BackingFile.Length: > 0 } => Outside($"the backing file '{info.BackingFile}'"),
        { DataFile.Length: > 0 } => Outside($"the data file '{info.DataFile}'"),
        { Encrypted: true } => "its content is encrypted by itself; give a plain one (the vault encrypts it).",
        { VirtualSize: 0 } => "its content is an empty disk; give one with a size.",
        _ => null,
    };

    /// <exception cref="EveException">It is not what qemu-img prints.</exception>
    public static ImageInfo Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var data = root.TryGetProperty("format-specific", out var specific) && specific.TryGetProperty("data", out var inner) ? inner : default;
            return new(
                Text(root, "format"), Number(root, "virtual-size"), Number(root, "actual-size"), Flag(root, "dirty-flag"), Flag(root, "encrypted"),
                Text(root, "backing-filename"), Text(data, "data-file"));
        }
        catch (JsonException exception)
        {
            throw new EveException($"qemu-img info printed what is no JSON: {exception.Message}", exception);
        }
    }

    static string Outside(string what) => $"its content needs {what}, and an image must stand alone; make it so with 'qemu-img convert -O qcow2'.";

    static string Text(JsonElement from, string name) => Find(from, name, JsonValueKind.String) is { } value ? value.GetString()! : "";
    static ulong Number(JsonElement from, string name) => Find(from, name, JsonValueKind.Number) is { } value && value.TryGetUInt64(out var number) ? number : 0;
    static bool Flag(JsonElement from, string name) => Find(from, name, JsonValueKind.True) is not null;

    static JsonElement? Find(JsonElement from, string name, JsonValueKind kind) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
