using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Eve.Host.Ipcmonitor;

/// <summary>What a field is compared with: a number, true, false, null, a text in quotes, or a word as it stands.</summary>
/// <param name="Text">The number's digits, the word, or what stood in the quotes.</param>
/// <param name="Number">It is a number.</param>
/// <param name="Quoted">It stood in quotes: nothing but a text.</param>
internal sealed record Literal(string Text, decimal? Number, bool Quoted)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <exception cref="FormatException">A text in quotes is not as JSON has it.</exception>
    public static Literal Parse(string text) => text.StartsWith('"')
        ? new(Unquote(text), null, Quoted: true)
        : new(text, decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null, Quoted: false);

    /// <summary>What a JSON text in quotes says.</summary>
    public static string Unquote(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.GetString()!;
        }
        catch (JsonException)
        {
            throw new FormatException($"{text} is no text in quotes as JSON has it.");
        }
    }

    /// <summary>The field before the literal: below zero, zero or above; null: they cannot be compared.</summary>
    public int? Compare(JsonElement field) => field.ValueKind switch
    {
        JsonValueKind.Number when !Quoted && Number is { } number => field.TryGetDecimal(out var value) ? value.CompareTo(number) : field.GetDouble().CompareTo((double)number),
        JsonValueKind.String => string.CompareOrdinal(field.GetString(), Text),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null or JsonValueKind.Undefined when !Quoted && JsonWord(field) == Text => 0,
        _ => null,
    };

    /// <summary>Whether the literal, as a regular expression, is found in the field.</summary>
    public bool IsIn(JsonElement field) =>
        Regex.IsMatch(field.ValueKind == JsonValueKind.String ? field.GetString()! : JsonWord(field), Text, RegexOptions.CultureInvariant, Patience);

    static string JsonWord(JsonElement field) => field.ValueKind == JsonValueKind.Undefined ? "null" : field.GetRawText();
}
