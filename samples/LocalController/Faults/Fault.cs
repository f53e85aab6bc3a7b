namespace Eve.Samples.Controller.Faults;

/// <summary>Something that goes wrong on purpose, for requests whose path matches.</summary>
public sealed record Fault
{
    /// <summary>With <c>*</c> and <c>?</c>; <c>*/config</c> or <c>/images/a.qcow2</c>.</summary>
    public required string Path { get; init; }

    /// <summary>How often; for ever if not said.</summary>
    public int? Times { get; init; }

    /// <summary>Answered instead of anything else.</summary>
    public int? Status { get; init; }

    public int DelayMilliseconds { get; init; }

    /// <summary>The connection is cut after so many bytes of the body.</summary>
    public long? CutAfter { get; init; }

    /// <summary>Bytes per second of the body.</summary>
    public long? Rate { get; init; }

    /// <summary>The datastore's object is so many bytes longer (zeros) or shorter than its file.</summary>
    public int LongerBy { get; init; }

    /// <summary>Answers of the device API carry a signature by another key.</summary>
    public bool WrongKey { get; init; }
}

/// <summary>The faults in force; the first that matches a request is used.</summary>
public sealed class FaultList
{
    readonly Lock _lock = new();
    readonly List<Fault> _faults = [];

    public IReadOnlyList<Fault> All
    {
        get { lock (_lock) return [.. _faults]; }
    }

    public void Add(Fault fault)
    {
        lock (_lock) _faults.Add(fault);
    }

    /// <summary>Removes those for one path, or all.</summary>
    public void Clear(string? path = null)
    {
        lock (_lock) _faults.RemoveAll(fault => path is null || fault.Path == path);
    }

    public Fault? Take(string path)
    {
        lock (_lock)
        {
            var at = _faults.FindIndex(fault => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(fault.Path, path, ignoreCase: false));
            if (at < 0)
                return null;
            var fault = _faults[at];
            if (fault.Times is 1) _faults.RemoveAt(at);
            else if (fault.Times is { } times) _faults[at] = fault with { Times = times - 1 };
            return fault;
        }
    }
}
