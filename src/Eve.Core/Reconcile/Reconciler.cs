namespace Eve;

/// <summary>What became of a reconciliation.</summary>
/// <param name="Failed">Items whose operation failed, with the reason; they are tried again.</param>
/// <param name="Pending">Items that wait for another one.</param>
/// <param name="Applied">How many operations were carried out.</param>
/// <param name="RetryAfter">When to try again at the latest; null if nothing failed.</param>
public sealed record ReconcileResult(
    IReadOnlyDictionary<string, string> Failed, IReadOnlyList<string> Pending, int Applied, TimeSpan? RetryAfter);

/// <summary>Brings the machine from what is there to what is wanted, step by step, and remembers what succeeded.</summary>
/// <param name="applier">Carries out single steps.</param>
/// <param name="actual">What is there at the start, as read from the machine.</param>
public sealed class Reconciler(IApplier applier, IEnumerable<Item> actual)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    readonly Dictionary<string, Item> _actual = actual.ToDictionary(i => i.Id);
    int _failures;

    /// <summary>What is there now.</summary>
    public IReadOnlyDictionary<string, Item> Actual => _actual;

    /// <summary>Takes over what was read from the machine anew: something else may have changed it.</summary>
    public void Observe(IEnumerable<Item> items)
    {
        _actual.Clear();
        foreach (var item in items)
            _actual[item.Id] = item;
    }

    /// <summary>Carries out the plan from what is there to these. A step that fails holds back only what needs it.</summary>
    public async Task<ReconcileResult> ReconcileAsync(IEnumerable<Item> intended, CancellationToken cancellationToken)
    {
        var wanted = intended.ToDictionary(i => i.Id);
        var failed = new Dictionary<string, string>();
        var held = new HashSet<string>();
        var applied = 0;
        foreach (var operation in Planner.Plan(_actual, wanted, applier.CanModify))
        {
            if (IsBlocked(operation, held))
            {
                held.Add(operation.Id);
                continue;
            }
            try
            {
                await applier.ApplyAsync(operation, cancellationToken);
                Record(operation);
                applied++;
            }
            catch (EveException exception)
            {
                held.Add(operation.Id);
                failed[operation.Id] = exception.Message;
            }
        }
        _failures = failed.Count > 0 ? Math.Min(_failures + 1, 10) : 0;
        var pending = wanted.Keys.Where(id => !failed.ContainsKey(id) && !Equals(_actual.GetValueOrDefault(id), wanted[id])).ToList();
        return new(failed, pending, applied, Pause());
    }

    TimeSpan? Pause() => _failures == 0 ? null : TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << (_failures - 1), LongestPause.Ticks));

    // What could not be deleted is not made anew, what needs an item that is held back or not there waits, and what another item still needs stays.
    bool IsBlocked(Operation operation, HashSet<string> held) => operation.To is { } to
        ? held.Contains(to.Id) || to.Needs.Any(need => held.Contains(need) || !_actual.ContainsKey(need))
        : _actual.Values.Any(other => other.Needs.Contains(operation.Id));

    void Record(Operation operation)
    {
        if (operation.To is { } to)
            _actual[to.Id] = to;
        else
            _actual.Remove(operation.Id);
    }
}
