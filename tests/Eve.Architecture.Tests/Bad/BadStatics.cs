// What the rules must find. Nobody uses it.
#pragma warning disable CA1823, IDE0051, CA2211, CA1812, CA1822
using System.Runtime.InteropServices;

namespace Bad.Statics;

static partial class Impure
{
    static int s_calls;

    public static string Reads(string path) => File.ReadAllText(path);
    public static IEnumerable<string> InALambda(IEnumerable<string> paths) => paths.Where(p => Directory.Exists(p));
    public static async Task<string> InAStateMachine(Stream stream) { await Task.Yield(); return new StreamReader("name").ReadToEnd(); }
    public static IEnumerable<int> InAnIterator() { yield return Random.Shared.Next(); }
    public static string ThroughAnother(Effect effect) => effect.Indirect();
    public static void ThroughAnInterface(IEffect effect) => effect.Act();
    public static DateTimeOffset TellsTheTime(TimeProvider time) => time.GetUtcNow();
    public static Guid Throws() => Guid.NewGuid();
    public static int Counts() => ++s_calls;

    [LibraryImport("libc")]
    public static partial int getpid();
}

/// <summary>Looks like the other at first sight, and is pure.</summary>
static class Pure
{
    static readonly Dictionary<string, int> s_weights = new() { ["a"] = 1 };

    public static IEnumerable<int> Weights(IEnumerable<string> names, int factor)
    {
        foreach (var name in names.Where(n => s_weights.ContainsKey(n)).Select(n => n.ToUpperInvariant()))
            yield return s_weights[name] * factor;
    }

    public static string FirstLine(Stream stream) => new StreamReader(stream).ReadLine() + Environment.NewLine + Path.Combine("a", "b");
}

interface IEffect
{
    void Act();
}

sealed class Effect : IEffect
{
    void IEffect.Act() => Console.WriteLine();
    public string Indirect() => Deeper();
    static string Deeper() => Path.GetTempPath();
}
