using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Eve.Topics;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>Single fields, as strict as EVE reads them.</summary>
internal static class Fields
{
    const int LongestName = 250;      // some names are keys of topics
    const int LongestInterfaceName = 15;

    /// <summary>An id; nil and malformed ones are none.</summary>
    public static bool TryId(string text, out Guid id) => Guid.TryParse(text, out id) && id != Guid.Empty;

    /// <summary>An address as text that means the same everywhere: four decimal parts, or IPv6 without a zone.</summary>
    public static bool TryAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.Contains(':'))
            return !text.Contains('%') && !text.Contains('[') && IPAddress.TryParse(text, out address);
        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(IsDecimalByte) && IPAddress.TryParse(text, out address);
    }

    /// <summary>A network in CIDR form, its host bits cleared.</summary>
    public static bool TryNetwork(string text, out IPNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/');
        return slash > 0 && TryAddress(text[..slash], out _) && IpNet.TryParse(text, out var net) && net.TryGetNetwork(out network);
    }

    public static bool IsIPv4(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork;

    /// <summary>What makes a name unfit for files, host names and reports; null if nothing does.</summary>
    public static string? NameFault(string what, string name)
    {
        var reason = name switch
        {
            _ when name.Any(char.IsControl) => "a line break or another control character",
            _ when name.AsSpan().ContainsAny("/\\") => "a slash",
            _ when name.AsSpan().ContainsAny("\"'`") => "a quote",
            _ when name.Contains("..", StringComparison.Ordinal) || name == "." => "dots that lead to another folder",
            _ when Encoding.UTF8.GetByteCount(name) > LongestName => $"more than {LongestName} bytes",
            _ => null,
        };
        return reason is null ? null : $"{what} '{Shown(name)}' has {reason}; use letters, digits, spaces, '-', '_' and single dots";
    }

    /// <summary>The same for what Linux is to call an interface.</summary>
    public static string? InterfaceNameFault(string what, string name) => name switch
    {
        { Length: > LongestInterfaceName } => $"{what} '{Shown(name)}' is longer than the {LongestInterfaceName} characters that Linux allows; shorten it",
        _ when name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) || name is "." or ".." =>
            $"{what} '{Shown(name)}' cannot name a network interface; use letters, digits, '-', '_' and '.'",
        _ => null,
    };

    /// <summary>A host name or address that may stand in a configuration file.</summary>
    public static string? HostNameFault(string what, string name) =>
        name.Length is > 0 and <= 253 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':') && !name.Contains("..", StringComparison.Ordinal)
            ? null : $"{what} '{Shown(name)}' is no host name; use letters, digits, '-', '_' and single dots, at most 253 characters";

    /// <summary>A number that the device does not know; null if it does.</summary>
    public static string? NumberFault<TEnum>(string what, TEnum value) where TEnum : struct, Enum =>
        Enum.IsDefined(value) ? null
            : $"{what} {value:D} is unknown to this device; use one of {string.Join(", ", Enum.GetValues<TEnum>().Select(v => v.ToString("D")).Distinct())}";

    /// <summary>Wrong input as it may be shown in one line of a report.</summary>
    public static string Shown(string value)
    {
        var line = new string([.. value.Select(c => char.IsControl(c) ? '?' : c)]);
        return line.Length <= 80 ? line : $"{line[..80]}… ({line.Length} characters)";
    }

    /// <summary>The error fields for these texts; none if there is no text.</summary>
    public static ErrorDescription Error(IReadOnlyCollection<string> texts, DateTimeOffset now) =>
        texts.Count == 0 ? ErrorDescription.None : new(string.Join('\n', texts), now, ErrorSeverity.Error);

    static bool IsDecimalByte(string part) =>
        part.Length is > 0 and <= 3 && (part.Length == 1 || part[0] != '0') && byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
