using System.Globalization;
using System.Text.Json;

namespace Eve.Benchmarks;

/// <summary>Tells figures: a table, or with <c>--json</c> a line of JSON for each.</summary>
sealed class Report(bool json)
{
    const int Width = 76;

    public void Tell(string what, double value, string unit) => Tell(what, value, unit, null, null);

    public void AtLeast(string what, double value, string unit, double goal) => Tell(what, value, unit, goal, value >= goal);

    public void AtMost(string what, double value, string unit, double goal) => Tell(what, value, unit, goal, value <= goal);

    void Tell(string what, double value, string unit, double? goal, bool? met)
    {
        var shown = Number(Math.Round(value, value < 100 ? 2 : 0));
        if (json)
            Console.WriteLine($$"""{"what":"{{JsonEncodedText.Encode(what)}}","value":{{shown}},"unit":"{{unit}}","goal":{{(goal is { } g ? Number(g) : "null")}},"met":{{(met is { } m ? m ? "true" : "false" : "null")}}}""");
        else
            Console.WriteLine($"{what.PadRight(Width)} {shown,9} {unit,-6} {(goal is { } g ? $"goal {Number(g)}: {(met == true ? "met" : "missed")}" : "")}");
    }

    static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
