using Eve.Platform;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eve.Host.Ipcmonitor;

/// <summary>What one look at a table has brought.</summary>
/// <param name="Problem">Why it is not whole; "" when it is.</param>
/// <param name="Garbled">What of it could not be read.</param>
internal sealed record TableReading(TableState State, string Problem, IReadOnlyList<TableEvent> Garbled);

/// <summary>Looks at tables once, all at the same time.</summary>
internal sealed class TableReader(EvePaths paths, TimeProvider time, TimeSpan patience)
{
    // A publisher that counts complete sets says so right behind its values. That EVE's own says nothing more has no mark of its own.
    static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    /// <summary>Reads them, in this order.</summary>
    public async Task<IReadOnlyList<TableReading>> ReadAsync(IEnumerable<Table> tables, CancellationToken cancellationToken)
    {
        using var loop = new SocketLoop(NullLogger.Instance);
        using var folders = new FolderWatch();
        return await Task.WhenAll(tables.Select(t => ReadAsync(t, loop, folders, cancellationToken)));
    }

    async Task<TableReading> ReadAsync(Table table, SocketLoop loop, FolderWatch folders, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        List<TableEvent> garbled = [];
        ITimer? grace = null;
        var follower = new TableFollower(table, paths, loop, folders, happened =>
        {
            if (happened.What == Happening.Garbled)
                garbled.Add(happened);
            else if (happened.What == Happening.Gone)
                done.TrySetResult(happened.Reason);
            else if (happened.Table is { Complete: true, Restarts: not null })
                done.TrySetResult("");
            else if (happened.Table.Complete)
                grace ??= time.CreateTimer(_ => done.TrySetResult(""), null, Grace, Timeout.InfiniteTimeSpan);
        });
        loop.Post(() => Open(follower, done));
        try
        {
            return new(follower.State, await done.Task.WaitAsync(patience, time, cancellationToken), garbled);
        }
        catch (TimeoutException)
        {
            return new(follower.State, $"its publisher does not name all values within {patience.TotalSeconds:0.#} s (--timeout gives it more)", garbled);
        }
        finally
        {
            grace?.Dispose();
            await CloseAsync(follower, loop);
        }
    }

    static void Open(TableFollower follower, TaskCompletionSource<string> done)
    {
        try
        {
            follower.Open();
            if (follower.Idle && follower.Problem.Length == 0)
                done.TrySetResult("it is not there any more");
        }
        catch (IOException exception)
        {
            done.TrySetResult(exception.Message);
        }
    }

    // On its own thread: after that nothing moves any more in what it has read.
    static Task CloseAsync(TableFollower follower, SocketLoop loop)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() =>
        {
            follower.Dispose();
            closed.SetResult();
        });
        return closed.Task;
    }
}
