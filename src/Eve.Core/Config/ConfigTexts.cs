using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>The spellings that configuration items may have.</summary>
internal static partial class ConfigTexts
{
    public static readonly ConfigForm BootOrder = ConfigForm.OneOf("", "usb", "nousb");
    public static readonly ConfigForm DrainPolicy = ConfigForm.OneOf(
        "block-for-eviction", "block-for-eviction-if-contains-last-replica", "allow-if-replica-is-stopped", "always-allow");

    public static readonly ConfigForm Level = new("none, panic, fatal, error, warning, info, debug, trace or all", text => LogLevel(text) is not null);
    public static readonly ConfigForm Syslog = new("none, emerg, alert, crit, err, warning, notice, info, debug or all", text => SyslogLevel(text) is not null);
    public static readonly ConfigForm PlainName = new("empty or a plain file name", text => text is not ("." or "..") && !text.AsSpan().ContainsAny('/', '\\', '\0'));
    public static readonly ConfigForm Base64 = new("empty or base64", IsBase64);
    public static readonly ConfigForm K3sVersion = new("empty or a K3s version such as v1.28.5+k3s1", text => text.Length == 0 || K3s().IsMatch(text));
    public static readonly ConfigForm Cron = new("empty or five cron fields (minute, hour, day, month, weekday) such as 0 2 * * 6,0", IsCron);
    public static readonly ConfigForm HttpEndpoint = new("empty, a host, or a URL that begins with http://", text => IsEndpoint(text, Uri.UriSchemeHttp));
    public static readonly ConfigForm HttpsEndpoint = new(
        "empty, a host name (no IP address), or a URL with one that begins with https://", text => IsEndpoint(text, Uri.UriSchemeHttps));

    static readonly (uint Min, uint Max)[] CronFields = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];

    public static bool? Bool(string text) => text switch
    {
        "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
        _ => null,
    };

    public static TriState? TriState(string text) => text switch
    {
        "none" => Topics.TriState.None,
        "enabled" or "enable" or "on" => Topics.TriState.Enabled,
        "disabled" or "disable" or "off" => Topics.TriState.Disabled,
        _ => null,
    };

    public static LogLevel? LogLevel(string text) => text switch
    {
        "none" => Microsoft.Extensions.Logging.LogLevel.None,
        "all" => Microsoft.Extensions.Logging.LogLevel.Trace,
        _ => text.ToLowerInvariant() switch
        {
            "panic" or "fatal" => Microsoft.Extensions.Logging.LogLevel.Critical,
            "error" => Microsoft.Extensions.Logging.LogLevel.Error,
            "warn" or "warning" => Microsoft.Extensions.Logging.LogLevel.Warning,
            "info" => Microsoft.Extensions.Logging.LogLevel.Information,
            "debug" => Microsoft.Extensions.Logging.LogLevel.Debug,
            "trace" => Microsoft.Extensions.Logging.LogLevel.Trace,
            _ => null,
        },
    };

    public static SyslogLevel? SyslogLevel(string text) => text switch
    {
        "none" => Eve.SyslogLevel.None,
        "emerg" => Eve.SyslogLevel.Emergency,
        "alert" => Eve.SyslogLevel.Alert,
        "crit" or "critical" => Eve.SyslogLevel.Critical,
        "err" or "error" => Eve.SyslogLevel.Error,
        "warning" or "warn" => Eve.SyslogLevel.Warning,
        "notice" => Eve.SyslogLevel.Notice,
        "info" => Eve.SyslogLevel.Informational,
        "debug" or "all" => Eve.SyslogLevel.Debug,
        _ => null,
    };

    // Strict as EVE is: no white space inside.
    static bool IsBase64(string text) => !text.AsSpan().ContainsAny(" \t\r\n") && System.Buffers.Text.Base64.IsValid(text);

    static bool IsEndpoint(string text, string scheme)
    {
        if (text.Length == 0)
            return true;
        var host = text;
        if (text.Contains("://", StringComparison.Ordinal))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != scheme)
                return false;
            host = uri.IdnHost;
        }

        return scheme == Uri.UriSchemeHttps ? Uri.CheckHostName(host) == UriHostNameType.Dns
            : Uri.CheckHostName(host) is UriHostNameType.Dns || IPAddress.TryParse(host, out _);
    }

    static bool IsCron(string text)
    {
        if (text.Length == 0)
            return true;
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == CronFields.Length && fields.Zip(CronFields).All(pair => pair.First.Split(',').All(part => IsCronPart(part, pair.Second)));
    }

    static bool IsCronPart(string part, (uint Min, uint Max) range)
    {
        if (CronPart().Match(part) is not { Success: true } match)
            return false;
        var numbers = new[] { match.Groups["from"], match.Groups["to"] }.Where(group => group.Success)
            .Select(group => uint.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : uint.MaxValue).ToList();
        return numbers.All(number => number >= range.Min && number <= range.Max) && numbers.SequenceEqual(numbers.Order())
            && !(match.Groups["step"] is { Success: true } step && step.ValueSpan.TrimStart('0').IsEmpty);
    }

    [GeneratedRegex(@"^(\*|(?<from>[0-9]+)(-(?<to>[0-9]+))?)(/(?<step>[0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex CronPart();

    [GeneratedRegex(@"^v?1\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?\+k3s[0-9A-Za-z.-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex K3s();
}
