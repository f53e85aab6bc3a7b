using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>Work beside the loop, one at a time for each key; results and progress come back at a turn. A job that throws ends the agent.</summary>
public sealed partial class Jobs<TResult, TProgress> : IInput
{
    readonly AgentContext _agent;
    readonly Lock _gate = new();
    readonly Dictionary<string, Job> _jobs = [];
    List<(string Key, TResult Result)> _finished = [];
    List<(string Key, TProgress Progress)> _progress = [];

    internal Jobs(AgentContext agent) => _agent = agent;

    sealed class Job(CancellationTokenSource stop)
    {
        public readonly CancellationTokenSource Stop = stop;
        public Task Task = Task.CompletedTask;
        public bool Ended, Dropped;
        public TResult? Result;
        public (bool Has, TProgress? Value) News;
    }

    /// <summary>The results that came in since the former turn, but for those taken back by <see cref="Start"/> or <see cref="Cancel"/>.</summary>
    public IReadOnlyList<(string Key, TResult Result)> Finished => _finished;

    /// <summary>The last progress of each job that reported any since the former turn.</summary>
    public IReadOnlyList<(string Key, TProgress Progress)> Progress => _progress;

    /// <summary>Whether work under this key has not brought its result yet.</summary>
    public bool Running(string key)
    {
        lock (_gate)
            return _jobs.TryGetValue(key, out var job) && !job.Dropped;
    }

    /// <summary>Starts work under a key in place of what runs there, which is cancelled and awaited first; its result is dropped.</summary>
    public void Start(string key, Func<IProgress<TProgress>, CancellationToken, Task<TResult>> work)
    {
        Job? before;
        var job = new Job(new());
        lock (_gate)
        {
            _jobs.Remove(key, out before);
            _jobs[key] = job;
        }
        Forget(key);
        _agent.JobStarted();
        job.Task = RunAsync(job, Task.WhenAll(before?.Task ?? Task.CompletedTask, before?.Stop.CancelAsync() ?? Task.CompletedTask), work);
    }

    /// <summary>Ends the work under a key; its result is dropped. What is started there next waits for its end.</summary>
    public void Cancel(string key)
    {
        Job? job;
        lock (_gate)
        {
            if (_jobs.TryGetValue(key, out job))
                job.Dropped = true;
        }
        Forget(key);
        _ = job?.Stop.CancelAsync();
    }

    void Forget(string key) => _finished = [.. _finished.Where(f => f.Key != key)];

    async Task RunAsync(Job job, Task before, Func<IProgress<TProgress>, CancellationToken, Task<TResult>> work)
    {
        try
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
            job.Stop.Token.ThrowIfCancellationRequested();
            var result = await work(new Reporter(this, job), job.Stop.Token);
            lock (_gate)
                (job.Result, job.Ended) = (result, true);
        }
        catch (Exception exception) when (job.Stop.IsCancellationRequested)
        {
            if (exception is not OperationCanceledException)
                JobsLog.CancelledJobFailed(_agent.Log, exception);
        }
        catch (Exception exception)
        {
            _agent.Fail(exception);
        }
        finally
        {
            _agent.Wake();
            _agent.JobEnded();
        }
    }

    void IInput.Advance()
    {
        _finished = [];
        _progress = [];
        lock (_gate)
        {
            foreach (var (key, job) in _jobs)
            {
                if (job.Dropped)
                    continue;
                if (job.News.Has)
                    _progress.Add((key, job.News.Value!));
                job.News = default;
                if (job.Ended)
                    _finished.Add((key, job.Result!));
            }
            foreach (var (key, job) in _jobs)
            {
                if (job.Ended || (job.Dropped && job.Task.IsCompleted))
                    _jobs.Remove(key);
            }
        }
    }

    async Task IInput.CloseAsync()
    {
        Job[] jobs;
        lock (_gate)
            jobs = [.. _jobs.Values];
        foreach (var job in jobs)
            await job.Stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(jobs.Select(j => j.Task));
    }

    sealed class Reporter(Jobs<TResult, TProgress> jobs, Job job) : IProgress<TProgress>
    {
        public void Report(TProgress value)
        {
            lock (jobs._gate)
                job.News = (true, value);
            jobs._agent.Wake();
        }
    }
}

internal static partial class JobsLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "A cancelled job ended with an exception")]
    public static partial void CancelledJobFailed(ILogger log, Exception exception);
}
