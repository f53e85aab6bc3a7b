using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Eve.Demo;

/// <summary>Tells what happens and how long it takes: with bars on a terminal, in plain lines everywhere else.</summary>
/// <param name="before">What took how many seconds before the demo began.</param>
public sealed class Narrator(IEnumerable<(string Phase, double Seconds)> before)
{
    const int PlainStep = 10;

    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly List<(string Phase, double Seconds)> _phases = [.. before];
    readonly List<(string Stage, TimeSpan At)> _stages = [];
    readonly Dictionary<string, ProgressTask> _bars = [];
    readonly Dictionary<string, int> _percents = [];
    TimeSpan _phaseBegan;
    ProgressContext? _progress;

    static bool HasBars { get; } = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities is { Ansi: true, Interactive: true }
        && new[] { "CI", "NO_COLOR" }.All(name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    /// <summary>Whether there still is a terminal, or whatever else it speaks to.</summary>
    public static bool IsHeard { get; private set; } = true;

    /// <summary>A line of text, never broken: somebody may copy it.</summary>
    public static void Say(string text)
    {
        try
        {
            AnsiConsole.Profile.Out.Writer.WriteLine(text);
        }
        catch (IOException)
        {
            // The terminal is gone; what there is to clean up is not.
            IsHeard = false;
        }
    }

    /// <summary>Something that the demo was waiting for has come.</summary>
    public void Stage(string name)
    {
        _stages.Add((name, _clock.Elapsed));
        Line(name);
    }

    /// <summary>A part of the demo is over.</summary>
    public void Phase(string name)
    {
        _phases.Add((name, (_clock.Elapsed - _phaseBegan).TotalSeconds));
        _phaseBegan = _clock.Elapsed;
    }

    /// <summary>Whatever tells of <see cref="Progress"/> meanwhile has a bar, on a terminal.</summary>
    public async Task ShowProgressAsync(Func<Task> work)
    {
        if (!HasBars)
        {
            await work();
            return;
        }
        await AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).StartAsync(async progress =>
        {
            _progress = progress;
            await work();
        });
        _progress = null;
    }

    /// <summary>How far something is.</summary>
    public void Progress(string what, int percent)
    {
        var last = _percents.GetValueOrDefault(what);
        if (_progress is not null)
        {
            if (!_bars.TryGetValue(what, out var bar))
                _bars[what] = bar = _progress.AddTask(what);
            bar.Value = percent;
        }
        else if (percent == last || percent < last + PlainStep && percent != 100)
            return;
        else
            Line($"{what}: {percent} %");
        _percents[what] = percent;
    }

    /// <summary>All stages with their times, and what else was measured.</summary>
    public void Table(params IEnumerable<(string What, string Figure)> figures)
    {
        var table = new Table().AddColumn("stage").AddColumn("at", RightAligned).AddColumn("took", RightAligned);
        var before = TimeSpan.Zero;
        foreach (var (stage, at) in _stages)
        {
            table.AddRow(stage, Seconds(at.TotalSeconds), Seconds((at - before).TotalSeconds));
            before = at;
        }
        AnsiConsole.Write(table);

        var measured = new Table().HideHeaders().AddColumn("what").AddColumn("figure", RightAligned);
        foreach (var (what, figure) in figures)
            measured.AddRow(what, figure);
        AnsiConsole.Write(measured);
    }

    /// <summary>Where all the time went, also that before the demo itself.</summary>
    public void Phases() =>
        Say($"All took {Seconds(_phases.Sum(p => p.Seconds))}: {string.Join(", ", _phases.Select(p => $"{p.Phase} {Seconds(p.Seconds)}"))}.");

    void Line(string text)
    {
        try
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{_clock.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),7} s[/]  {text}");
        }
        catch (IOException)
        {
            IsHeard = false;
            throw;
        }
    }

    static void RightAligned(TableColumn column) => column.RightAligned();

    static string Seconds(double seconds) => $"{seconds.ToString("0.0", CultureInfo.InvariantCulture)} s";
}
