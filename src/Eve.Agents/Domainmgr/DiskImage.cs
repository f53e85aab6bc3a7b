using System.Text.Json;
using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>Judges a disk image by what qemu-img says of it.</summary>
internal static class DiskImage
{
    /// <summary>Why a disk must not be attached; null if it may.</summary>
    public static string? Refusal(DiskConfig disk, string qemuImgJson)
    {
        using var document = JsonDocument.Parse(qemuImgJson);
        var info = document.RootElement;
        var format = Text(info, "format");
        var expected = Driver(disk.Format);
        if (format != expected)
            return $"disk {disk.DisplayName}: {disk.FileLocation} is of format {format}, configured is {expected}: correct the format or the image";
        if (Text(info, "backing-filename") is { } backing)
            return $"disk {disk.DisplayName}: the image refers to another file ({backing}): use an image without backing file";
        if (info.TryGetProperty("format-specific", out var specific) && specific.TryGetProperty("data", out var data) && Text(data, "data-file") is { } other)
            return $"disk {disk.DisplayName}: the image keeps its data in another file ({other}): use an image without data file";
        return null;
    }

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Formats in which a disk can be attached. Others may lie in several files, which nobody has checked.</summary>
    public static bool IsAttachable(ImageFormat format) => format is ImageFormat.Raw or ImageFormat.Qcow2 or ImageFormat.Iso;

    /// <summary>QEMU's name of the format.</summary>
    public static string Driver(ImageFormat format) => format == ImageFormat.Qcow2 ? "qcow2" : "raw";
}
