namespace Eve.Platform;

/// <summary>What a program that has ended leaves behind.</summary>
internal sealed record CommandResult(string Program, IReadOnlyList<string> Arguments, int ExitCode, string Output, string Error)
{
    const int ShownArguments = 400;

    public bool Succeeded => ExitCode == 0;

    /// <summary>The program and its arguments for messages: one line, of bounded length.</summary>
    public string CommandLine => Describe(Program, Arguments);

    /// <summary>This result when the program succeeded.</summary>
    /// <exception cref="EveException">It did not: names program, arguments, exit code and the first line of its complaint.</exception>
    public CommandResult Check() => Succeeded ? this : throw new EveException($"{CommandLine}: exit code {ExitCode}: {Complaint}");

    /// <summary>The first line that says something, of the error output or else of the output.</summary>
    public string Complaint => FirstLine(Error) ?? FirstLine(Output) ?? "it said nothing";

    internal static string Describe(string program, IReadOnlyList<string> arguments)
    {
        var line = string.Join(' ', arguments.Prepend(program).Select(Quote));
        return line.Length <= ShownArguments ? line : line[..ShownArguments] + "…";
    }

    static string Quote(string argument)
    {
        var shown = string.Concat(argument.Select(c => char.IsControl(c) ? '?' : c));
        return shown.Length == 0 || shown.Contains(' ', StringComparison.Ordinal) ? $"'{shown}'" : shown;
    }

    static string? FirstLine(string text) => text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);
}
