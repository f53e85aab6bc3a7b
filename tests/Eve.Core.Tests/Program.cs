using System.Globalization;
using Eve.Platform;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eve.Tests;

/// <summary>This assembly as a program: it writes persistent topics below a root until it is killed, and says what is safe, a line each: NAME NUMBER.</summary>
internal static class Program
{
    public const int Keys = 20;
    public static readonly Topic<Note>[] Topics = [NoteTopics.Kept, NoteTopics.Kept with { Scope = "scope" }, new("other", Persistent: true)];

    /// <summary>What the number-th step under a key leaves there; every fifth removes it.</summary>
    public static string? ValueOf(long number) => number % 5 == 0 ? null : number.ToString(CultureInfo.InvariantCulture);

    static async Task Main(string[] args)
    {
        var store = new PersistentStore(new EvePaths(args[0]), MachineFiles.Instance, TimeProvider.System, NullLogger.Instance);
        await using var bus = new MemoryBus(["writer", "other"], store);
        var first = long.Parse(args[1], CultureInfo.InvariantCulture);
        await Task.WhenAll(Topics.SelectMany(topic => Enumerable.Range(0, Keys).Select(k => WriteAsync(new Publication<Note>(bus, topic), topic, $"k{k}", first))));
    }

    static async Task WriteAsync(Publication<Note> publication, Topic<Note> topic, string key, long first)
    {
        for (var number = first; ; number++)
        {
            if (ValueOf(number) is null)
                await publication.RemoveAsync(key, CancellationToken.None);
            else
                await publication.PublishAsync(new(key, number), CancellationToken.None);
            await Console.Out.WriteLineAsync($"{topic} {key} {number}");
        }
    }
}
