using System.Text.Json;
using System.Text.RegularExpressions;

namespace Eve.Host.Ipcmonitor;

/// <summary>
/// What <c>--wait</c> waits for: <c>FIELD OP VALUE</c>, several of them joined by <c>&amp;&amp;</c>, all true of one value. Of the table there are
/// <c>$keys</c>, how many it has; <c>$restarted</c>, how often its set was complete; <c>$key</c>, the value's.
/// </summary>
internal sealed partial record Condition(string Text, IReadOnlyList<Condition.Term> Terms)
{

    /// <summary>One comparison; without an operator: the field is there, and not null, false, 0 or empty.</summary>
    internal sealed record Term(FieldPath Field, string Operator, Literal? Value);

    /// <summary>Takes an expression apart.</summary>
    /// <exception cref="FormatException">It is none: says where, and what is known.</exception>
    public static Condition Parse(string text)
    {
        List<Term> terms = [];
        for (var at = 0; ; )
        {
            var match = TermText.Match(text, at);
            if (!match.Success)
                throw new FormatException($"'{text[at..]}' is no comparison. Write FIELD OP VALUE, as in 'State == 115 && Ports[*].Up == true'; OP is one of == != < <= > >= =~ (regular expression).");
            terms.Add(Read(match));
            at = match.Index + match.Length;
            if (!match.Groups["and"].Success)
                return new(text, terms);
        }
    }

    static Term Read(Match match)
    {
        var term = new Term(new(match.Groups["field"].Value), match.Groups["op"].Value, match.Groups["value"] is { Success: true } value ? Literal.Parse(value.Value) : null);
        if (term.Field.Text is ['$', ..] and not ("$keys" or "$restarted" or "$key"))
            throw new FormatException($"There is no {term.Field.Text}: of a table there are $keys, $restarted and $key.");
        if (term.Operator == "=~")
            _ = new Regex(term.Value!.Text);       // a RegexParseException is an ArgumentException
        return term;
    }

    /// <summary>Whether it is true of a table, of one value of it (or of none, where the table has no values).</summary>
    public bool Holds(TableState table, string key, byte[]? json)
    {
        using var document = JsonDocument.Parse(json ?? "null"u8.ToArray());
        return Terms.All(t => Holds(t, Fields(t, table, key, document.RootElement)));
    }

    /// <summary>What the fields of it are now, for whoever waited in vain.</summary>
    public string Describe(TableState table, string key, byte[]? json)
    {
        using var document = JsonDocument.Parse(json ?? "null"u8.ToArray());
        return string.Join(", ", Terms.Select(t => $"{t.Field.Text} is {string.Join(" or ", Fields(t, table, key, document.RootElement).Select(JsonText.Text).DefaultIfEmpty("not there"))}"));
    }

    /// <summary>Whether all its fields are there.</summary>
    public bool IsAbout(TableState table, string key, byte[]? json)
    {
        using var document = JsonDocument.Parse(json ?? "null"u8.ToArray());
        return Terms.All(t => Fields(t, table, key, document.RootElement).Count > 0);
    }

    static List<JsonElement> Fields(Term term, TableState table, string key, JsonElement value) => term.Field.Text switch
    {
        "$keys" => [Element(table.Values.Count)],
        "$restarted" => [Element(table.Restarts ?? 0)],
        "$key" => [JsonElement.Parse($"\"{JsonEncodedText.Encode(key)}\"")],
        _ => [.. term.Field.In(value)],
    };

    static JsonElement Element(int number) => JsonElement.Parse(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    // A field that is not there is null, as in EVE's own types.
    static bool Holds(Term term, List<JsonElement> fields) => term.Value is { } value
        ? fields.DefaultIfEmpty().Any(f => Holds(f, term.Operator, value))
        : fields.Any(f => JsonText.Text(f) is not ("null" or "false" or "0" or "\"\"" or "[]" or "{}"));

    static bool Holds(JsonElement field, string @operator, Literal value) => @operator switch
    {
        "==" => value.Compare(field) == 0,
        "!=" => value.Compare(field) != 0,
        "=~" => value.IsIn(field),
        "<" => value.Compare(field) < 0,
        "<=" => value.Compare(field) <= 0,
        ">" => value.Compare(field) > 0,
        _ => value.Compare(field) >= 0,
    };

    [GeneratedRegex("""
        \G\s*(?<field>(?:\$\w+|[A-Za-z_][\w-]*)(?:\.[A-Za-z_][\w-]*|\[\d{1,6}\]|\[\*\]|\["(?:[^"\\]|\\.)*"\])*)
        \s*(?:(?<op>==|!=|<=|>=|=~|<|>)\s*(?<value>"(?:[^"\\]|\\.)*"|[^\s"&]+)\s*)?(?:(?<and>&&)|$)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TermText { get; }
}
