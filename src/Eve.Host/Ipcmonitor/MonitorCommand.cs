using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Eve.Host.Ipcmonitor;

/// <summary>ipcmonitor's options: EVE's own (-a, -s, -t, -f), and ours.</summary>
internal sealed class MonitorCommand
{
    public const string Description =
        """
        Shows the topics of a device: a list of them; with -t, -k, --keys or --follow their values and what changes, until Ctrl-C. It needs no type of a topic,
        so it shows those of any agent, EVE's own too. It changes nothing. Exit codes: 0 done, 1 failed or wrong options, 2 there is no such topic or key,
        3 the time was over.
        """;

    const int LongestName = 240;        // a publisher reads 256 bytes of a request
    const int LongestWait = 4_000_000;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly Option<string?> _agent = Name("--agent", "-a", "The publisher's name; 'global' for tables that belong to nobody.");
    readonly Option<string?> _scope = Name("--scope", "-s", "EVE's agent scope.");
    readonly Option<string?> _topic = Name("--topic", "-t", "The topic's name, e.g. DeviceNetworkStatus.");
    readonly Option<string?> _key = new("--key", "-k") { Description = "Only this key.", HelpName = "KEY" };
    readonly Option<Regex?> _match = Expression("--match", "Only tables in whose full names (nim/DeviceNetworkStatus) this regular expression is found.");
    readonly Option<Regex?> _keys = Expression("--keys", "Only keys in which this regular expression is found.");
    readonly Option<string> _form = new("--format", "-f") { Description = "diff: of changes the fields that differ; go: values on one line; json: one field a line; lines: a JSON object a line.", DefaultValueFactory = _ => "diff" };
    readonly Option<bool> _lines = new("--json") { Description = "The same as -f lines." };
    readonly Option<bool> _list = new("--list", "-l") { Description = "A list of the tables, with numbers of keys and bytes." };
    readonly Option<bool> _once = new("--once", "-1") { Description = "All values as they are now." };
    readonly Option<bool> _follow = new("--follow") { Description = "All values, then what changes. Tables that come later are followed too." };
    readonly Option<Condition?> _wait = new("--wait") { HelpName = "EXPRESSION", CustomParser = ReadCondition, Description = "Wait until this is true of a value, and show that: 'State == 115 && Ports[*].Up == true'. Of the table: $keys, $restarted, $key." };
    readonly Option<double?> _timeout = new("--timeout") { HelpName = "SECONDS", CustomParser = ReadSeconds, Description = "So long --wait waits (default: for ever), or a publisher may take to name its values (default: 10)." };
    readonly Option<bool> _color = new("--color") { Description = "In colour, also where the output is no terminal." };

    /// <summary>Gives a command ipcmonitor's options, and what it does.</summary>
    public static void AddTo(Command command, Func<MonitorRequest, ParseResult, Task<int>> run) => new MonitorCommand().Fill(command, run);

    void Fill(Command command, Func<MonitorRequest, ParseResult, Task<int>> run)
    {
        _form.AcceptOnlyFromAmong("diff", "go", "json", "lines");
        foreach (var option in new Option[] { _agent, _scope, _topic, _key, _match, _keys, _list, _once, _follow, _wait, _timeout, _form, _lines, _color })
            command.Add(option);
        command.Validators.Add(OneOfTheModes);
        command.SetAction((given, _) => run(Request(given), given));
    }

    void OneOfTheModes(CommandResult result)
    {
        var given = new Option[] { _list, _once, _follow, _wait }.Where(o => result.GetResult(o) is { Implicit: false }).Select(o => o.Name).ToList();
        if (given.Count > 1)
            result.AddError($"{string.Join(" and ", given)} do not go together: give one of them.");
    }

    MonitorRequest Request(ParseResult given) => new(Mode(given))
    {
        Agent = given.GetValue(_agent),
        Scope = given.GetValue(_scope),
        Topic = given.GetValue(_topic),
        Key = given.GetValue(_key),
        Match = given.GetValue(_match),
        Keys = given.GetValue(_keys),
        Form = given.GetValue(_lines) ? MonitorForm.Lines : Form(given.GetValue(_form)!),
        Color = given.GetValue(_color),
        Until = given.GetValue(_wait),
        Timeout = given.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    MonitorMode Mode(ParseResult given) =>
        given.GetValue(_wait) is not null ? MonitorMode.Wait
        : given.GetValue(_once) ? MonitorMode.Once
        : given.GetValue(_list) ? MonitorMode.List
        : given.GetValue(_follow) || new Option[] { _topic, _key, _keys }.Any(o => given.GetResult(o) is not null) ? MonitorMode.Follow
        : MonitorMode.List;

    static MonitorForm Form(string name) => name switch
    {
        "go" => MonitorForm.Go,
        "json" => MonitorForm.Json,
        "lines" => MonitorForm.Lines,
        _ => MonitorForm.Diff,
    };

    static Option<string?> Name(string name, string alias, string description)
    {
        var option = new Option<string?>(name, alias) { Description = description, HelpName = "NAME" };
        option.Validators.Add(result =>
        {
            var value = result.Tokens.FirstOrDefault()?.Value ?? "";
            if (value.Length is 0 or > LongestName || value is "." or ".." || value.Any(c => c is '/' or ' ' || char.IsControl(c)))
                result.AddError($"{name} '{value}' is no name: it may have no space and no '/', and {LongestName} characters at most. `ipcmonitor` lists those that there are.");
        });
        return option;
    }

    static Option<Regex?> Expression(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "REGEX",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            try
            {
                return new(text, RegexOptions.CultureInvariant, Patience);
            }
            catch (ArgumentException exception)
            {
                result.AddError($"{name} '{text}' is no regular expression: {exception.Message} A backslash before a character takes it as it stands.");
                return null;
            }
        },
    };

    static Condition? ReadCondition(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        try
        {
            return Condition.Parse(text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            result.AddError($"--wait '{text}' is not understood: {exception.Message}");
            return null;
        }
    }

    static double? ReadSeconds(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= LongestWait)
            return seconds;
        result.AddError($"--timeout '{text}' is no number of seconds: give one above 0, e.g. --timeout 30.");
        return null;
    }
}
