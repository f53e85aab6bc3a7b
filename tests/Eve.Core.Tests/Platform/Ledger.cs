using NUnit.Framework;

namespace Eve.Tests.Platform;

/// <summary>Which values were written under each name (null: removed), and which of them is safe for sure.</summary>
internal sealed class Ledger
{
    readonly Dictionary<string, (List<string?> Written, int Safe)> _names = [];

    public Ledger Copy()
    {
        var copy = new Ledger();
        lock (_names)
        {
            foreach (var (name, (written, safe)) in _names)
                copy._names[name] = ([.. written], safe);
        }
        return copy;
    }

    public bool Has(string name) => _names.ContainsKey(name);

    /// <summary>A value is about to be written.</summary>
    public int Add(string name, string? value)
    {
        lock (_names)
        {
            if (!_names.TryGetValue(name, out var known))
                _names[name] = known = ([null], 0);
            known.Written.Add(value);
            return known.Written.Count - 1;
        }
    }

    /// <summary>That value, or a later one, must be found from now on.</summary>
    public void Safe(string name, int which)
    {
        lock (_names)
            _names[name] = (_names[name].Written, which);
    }

    public void AllIsSafe()
    {
        foreach (var (name, (written, _)) in _names.ToList())
            _names[name] = (written, written.Count - 1);
    }

    /// <summary>Fails unless each name has the safe value or a later one, and no other name is there.</summary>
    public void Check(Dictionary<string, string> found, string prefix, Func<string> when)
    {
        foreach (var (name, (written, safe)) in _names.Where(n => n.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (!written.Skip(safe).Contains(found.GetValueOrDefault(name)))
                Assert.Fail($"{name}: found {found.GetValueOrDefault(name) ?? "nothing"}, safe was {written[safe] ?? "nothing"} of {string.Join(' ', written)}; {when()}");
        }
        if (found.Keys.Where(n => !_names.ContainsKey(n)).ToList() is { Count: > 0 } unknown)
            Assert.Fail($"never written: {string.Join(' ', unknown)}; {when()}");
    }
}
