using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>What files are called. Nothing from the configuration becomes part of a path but UUIDs, numbers and checked digests (applications.md 14).</summary>
internal static class Names
{
    /// <summary>The media type of a disk image that is no part of an OCI image.</summary>
    public const string Layer = "application/vnd.oci.image.layer.v1.tar+gzip";

    static readonly (ImageFormat Format, string Extension)[] Formats = [(ImageFormat.Raw, "raw"), (ImageFormat.Qcow2, "qcow2"), (ImageFormat.Iso, "iso")];

    public static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);

    /// <summary>Whether a volume can be made in that format.</summary>
    public static bool IsVolumeFormat(ImageFormat format) => Formats.Any(f => f.Format == format);

    /// <summary>Where the downloader puts content: the same place after a reboot, another for another source (applications.md 3.4).</summary>
    public static string Target(EvePaths paths, BlobSource source, string sha256)
    {
        var origin = string.Concat(source.Datastores) + source.RelativeUrl + source.Size.ToString(CultureInfo.InvariantCulture);
        return Path.Combine(paths.Vault, "downloader", "pending", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin))) + "." + sha256);
    }

    public static string ReferenceName(ContentTreeStatus tree) => $"{tree.ContentID}-{tree.RelativeURL}";

    /// <summary>The folder of a volume's file: volumes that may be read without the vault's key lie beside it.</summary>
    public static string VolumeFolder(EvePaths paths, bool encrypted) =>
        Path.Combine(encrypted ? paths.Vault : Path.Combine(paths.Persist, "clear"), "volumes");

    public static string VolumeFile(string key, ImageFormat format) => $"{key}.{Formats.First(f => f.Format == format).Extension}";

    /// <summary>The key and format in a volume's file name; null for a name that is none of ours.</summary>
    public static (string Key, ImageFormat Format)? Parse(string file)
    {
        var dot = file.LastIndexOf('.');
        var format = Formats.FirstOrDefault(f => dot > 0 && f.Extension == file[(dot + 1)..]).Format;
        if (format == ImageFormat.Unknown || file[..dot].Split('#') is not [var id, var generation])
            return null;
        return Guid.TryParseExact(id, "D", out var uuid) && long.TryParse(generation, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && file[..dot] == $"{uuid}#{number}" ? (file[..dot], format) : null;
    }
}
