using System.Globalization;
using System.Text;

namespace Eve.Agents.Diag;

/// <summary>The report as people read it.</summary>
internal static class ReportText
{
    public static string Of(Report report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"INFO: {report.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, after a change of {string.Join(", ", report.Causes)}\n");
        foreach (var finding in report.Findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{finding.Grade.ToString().ToUpperInvariant()}: {finding.About}: {Line(finding.Text)}\n");
            if (finding.Reason.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"    reason: {Line(finding.Reason)}\n");
            if (finding.Remedy.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"    remedy: {Line(finding.Remedy)}\n");
        }
        return text.ToString();
    }

    // Names and errors come from elsewhere: one line stays one line, and none of it reaches the terminal as a command.
    static string Line(string text) => string.Concat(text.ReplaceLineEndings(" ").Select(c => char.IsControl(c) ? '?' : c));
}
