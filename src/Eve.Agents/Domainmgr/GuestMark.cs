using System.Text.Json;
using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>What is stored with a domain, so that it is known again when all else is forgotten: its whole status, and in attributes what people look for.</summary>
internal static class GuestMark
{
    public const string Namespace = "urn:eve:domain";

    /// <summary>The element for the domain's metadata.</summary>
    public static string Write(DomainStatus status)
    {
        var json = JsonSerializer.Serialize(status, DomainStatus.Json);
        return $"<eve:app xmlns:eve='{Namespace}' id='{status.UUIDandVersion.UUID}' version='{Xml.Escape(status.UUIDandVersion.Version)}' "
            + $"restarts='{status.RestartCounter}' purges='{status.PurgeCounter}'>{Xml.Escape(json)}</eve:app>";
    }

    /// <summary>The status in an element as libvirt gives it back; null if it cannot be read.</summary>
    public static DomainStatus? Read(string element)
    {
        var begin = element.IndexOf('>', StringComparison.Ordinal) + 1;
        var end = element.LastIndexOf("</", StringComparison.Ordinal);
        if (begin <= 0 || end <= begin)
            return null;
        try
        {
            return JsonSerializer.Deserialize(Xml.Unescape(element[begin..end]), DomainStatus.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Text in XML. No part of what a configuration says becomes markup.</summary>
internal static class Xml
{
    public static string Escape(string text)
    {
        var result = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                result.Append(text[i]).Append(text[++i]);
            else
                result.Append(Escape(text[i]));
        }
        return result.ToString();
    }

    public static string Unescape(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&apos;", "'", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);

    static string Escape(char c) => c switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '\'' => "&apos;",
        '"' => "&quot;",
        < ' ' or '\ufffe' or '\uffff' => "?",       // XML has no way to write them, or changes them
        _ when char.IsSurrogate(c) => "?",
        _ => c.ToString(),
    };
}
