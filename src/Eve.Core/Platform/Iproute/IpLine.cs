using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;

namespace Eve.Platform;

/// <summary>
/// One line of a batch for ip or bridge. What is filled in must be one word of the characters that names, addresses and numbers have:
/// so nothing from a configuration can become an option, another argument or another line.
/// </summary>
internal readonly record struct IpLine
{
    IpLine(string text) => Text = text;

    public string Text { get; }

    /// <summary>From an interpolated text: <c>IpLine.Of($"link set dev {name} up")</c>.</summary>
    public static IpLine Of(ref Words words) => new(words.ToString());

    public override string ToString() => Text;

    /// <summary>Fills a line in, word by word.</summary>
    [InterpolatedStringHandler]
    internal ref struct Words(int literalLength, int formattedCount)
    {
        DefaultInterpolatedStringHandler _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

        public void AppendLiteral(string value) => _text.AppendLiteral(value);

        public void AppendFormatted(string value) =>
            _text.AppendLiteral(IsWord(value) ? value : throw new EveException($"'{Shown(value)}' cannot be used in a network command: it is not a plain name or address"));

        public void AppendFormatted(IPAddress value) => _text.AppendFormatted(value);
        public void AppendFormatted(IPNetwork value) => _text.AppendFormatted(value);
        public void AppendFormatted(int value) => _text.AppendFormatted(value);
        public void AppendFormatted(uint value) => _text.AppendFormatted(value);
        public void AppendFormatted(uint value, string format) => _text.AppendFormatted(value, format);
        public void AppendFormatted(IpLine value) => _text.AppendLiteral(value.Text);

        public override string ToString() => _text.ToString();

        static bool IsWord(string value) => value.Length > 0 && value[0] != '-' && value.All(c => char.IsAsciiLetterOrDigit(c) || "._:/@+-=,".Contains(c, StringComparison.Ordinal));

        static string Shown(string value) => string.Concat(value.Take(60).Select(c => char.IsControl(c) ? '?' : c));
    }
}
