namespace Eve.Host.Ipcmonitor;

/// <summary>Looks whether a condition is true, at each change of a table whose first values are in.</summary>
internal sealed class ConditionWait(Condition condition, Func<string, bool> wantsKey)
{
    readonly TaskCompletionSource<TableEvent> _fulfilled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile string? _lastSeen;

    /// <summary>The value that it is true of.</summary>
    public Task<TableEvent> Fulfilled => _fulfilled.Task;

    /// <summary>How the fields stood at the last look; null: there was nothing to look at.</summary>
    public string? LastSeen => _lastSeen;

    public void Look(TableEvent happened)
    {
        var state = happened.Table;
        if (!state.Complete)
            return;
        if (happened.What == Happening.Update)
            Look(state, happened.Key, happened.New);
        else
            LookAtAll(state);
    }

    // A counter, or a number of keys, may have moved.
    void LookAtAll(TableState state)
    {
        foreach (var (key, value) in state.Values)
            Look(state, key, value);
        if (state.Values.Count == 0)
            Look(state, "", null);
    }

    void Look(TableState state, string key, byte[]? value)
    {
        if (value is not null && !wantsKey(key))
            return;
        // Of many tables those count that have such a field.
        if (_lastSeen is null || condition.IsAbout(state, key, value))
            _lastSeen = $"{state.Table}{(value is null ? " has no keys" : $", key {JsonText.Escaped(key)}")}: {condition.Describe(state, key, value)}";
        if (condition.Holds(state, key, value))
            _fulfilled.TrySetResult(value is null ? new(state, Happening.Complete) : new(state, Happening.Update, key, New: value));
    }
}
