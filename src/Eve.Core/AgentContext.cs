using System.Runtime.ExceptionServices;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>What an agent sees of the device. Everything here moves only in <see cref="ChangedAsync"/>.</summary>
public sealed partial class AgentContext : IAsyncDisposable
{
    static readonly TimeSpan OneDay = TimeSpan.FromDays(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    const long Waiting = 0;

    readonly AgentEnvironment _environment;
    readonly List<IInput> _inputs = [];
    readonly Dictionary<object, object> _publications = [];
    readonly Doorbell _bell = new();
    readonly ITimer _alarm;
    readonly CancellationToken _stop;
    readonly CancellationTokenRegistration _stopping;
    readonly CancellationTokenSource _ended = new();
    readonly AgentLogger _log;
    readonly Subscription<ConfigItemValueMap> _items;
    readonly bool _waitsForItems;
    readonly long _began;
    readonly List<AgentContext> _parts = [];
    TimeSpan? _wakeAt;
    bool _armed;
    Exception? _failure;
    int _jobs;
    long _turns;
    long _turnBegan;        // or Waiting: set by the agent alone, so that a turn that was asked for but has not begun has no age

    internal AgentContext(AgentEnvironment environment, CancellationToken stop)
    {
        (_environment, _stop) = (environment, stop);
        _log = new AgentLogger(environment.Log);
        Now = Time.GetUtcNow();
        _began = Time.GetTimestamp();
        TurnBegins();
        _alarm = Time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _stopping = stop.Register(Wake);
        _items = Add(new Subscription<ConfigItemValueMap>(environment.Bus, ZedagentTopics.ConfigItemValueMap, Wake));
        // zedagent publishes the items, and a device without it has none: there the first turn comes at once.
        _waitsForItems = Name != AgentNames.Zedagent && environment.Bus.Expects(AgentNames.Zedagent);
        _bell.Ring();
    }

    /// <summary>The agent's EVE name.</summary>
    public string Name => _environment.Name;

    /// <summary>The device's clock and timers.</summary>
    public TimeProvider Time => _environment.Time;

    /// <summary>The agent's log; its level follows the configuration.</summary>
    public ILogger Log => _log;

    /// <summary>The configuration items as of this turn. Other values are a reason for a turn.</summary>
    public ConfigView Config { get; private set; } = ConfigView.Defaults;

    /// <summary>Where the device keeps its files.</summary>
    public EvePaths Paths => _environment.Paths;

    /// <summary>What a one-shot agent or tool was called with.</summary>
    public IReadOnlyList<string> Args => _environment.Args;

    /// <summary>Where a tool prints.</summary>
    public TextWriter Output => _environment.Output;

    /// <summary>The time at which this turn began.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>How long the agent ran when this turn began: for rhythms, since the clock may be set.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Waits until something changed, then moves all views on. The first turn comes when the configuration items are there.</summary>
    /// <exception cref="OperationCanceledException">The agent is to end.</exception>
    /// <exception cref="Exception">A job or a source has failed.</exception>
    public async ValueTask ChangedAsync(CancellationToken cancellationToken)
    {
        using var own = cancellationToken == _stop ? default : cancellationToken.Register(Wake);
        if (_armed && _wakeAt is null)
            _alarm.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _armed = _wakeAt is not null;
        do
        {
            Volatile.Write(ref _turnBegan, Waiting);
            await _bell.WaitAsync();
            TurnBegins();
            cancellationToken.ThrowIfCancellationRequested();
            if (Volatile.Read(ref _failure) is { } failure)
                ExceptionDispatchInfo.Throw(failure);
        }
        while (!ReadItems());
        (Now, Elapsed) = (Time.GetUtcNow(), Time.GetElapsedTime(_began));
        Volatile.Write(ref _turns, _turns + 1);
        _wakeAt = null;
        foreach (var input in _inputs)
        {
            if (input != _items)
                input.Advance();
        }
    }

    // False: they are not there yet, and the agent is not to run without them.
    bool ReadItems()
    {
        ((IInput)_items).Advance();
        if (_items.Value is { } items && _items.Changed)
        {
            Config = new(items);
            _log.Level = Config.LogLevelFor(Name);
        }
        return !_waitsForItems || _items.Value is not null;
    }

    /// <summary>Asks for a turn at that time at the latest; holds for the present turn only.</summary>
    public void WakeAt(DateTimeOffset date) => WakeAt(Time.GetElapsedTime(_began) + (date - Time.GetUtcNow()));

    /// <summary>Asks for a turn at that time since the agent's start at the latest, whatever becomes of the clock; holds for the present turn only.</summary>
    public void WakeAt(TimeSpan elapsed)
    {
        if (_wakeAt <= elapsed)
            return;
        _wakeAt = elapsed;
        _armed = true;
        var due = elapsed - Time.GetElapsedTime(_began);
        _alarm.Change(due < TimeSpan.Zero ? TimeSpan.Zero : due > OneDay ? OneDay : UpToMilliseconds(due), Timeout.InfiniteTimeSpan);
    }

    // Timers drop parts of a millisecond, and end at 49 days: a turn a day does no harm, one too early makes the agent ask again.
    static TimeSpan UpToMilliseconds(TimeSpan due) => TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds));

    /// <summary>A live view of a topic.</summary>
    /// <param name="topic">What to read.</param>
    /// <param name="wakes">False: its changes wait for a turn that comes for another reason.</param>
    public Subscription<T> Subscribe<T>(Topic<T> topic, bool wakes = true) where T : class, ITopic<T> =>
        Add(new Subscription<T>(_environment.Bus, topic, wakes ? Wake : null));

    /// <summary>The agent's own topic; asked for twice, it is the same object.</summary>
    /// <exception cref="InvalidOperationException">The agent was not registered to publish under the topic's publisher name.</exception>
    public Publication<T> Publish<T>(Topic<T> topic) where T : class, ITopic<T>
    {
        if (topic.Publisher.Length > 0 && !_environment.PublishesAs.Contains(topic.Publisher))
            throw new InvalidOperationException($"{Name} may not publish {topic}: register it with AddAgent(\"{Name}\", …, \"{topic.Publisher}\").");
        if (!_publications.TryGetValue(topic, out var publication))
            _publications[topic] = publication = new Publication<T>(_environment.Bus, topic, _ended.Token);
        return (Publication<T>)publication;
    }

    /// <summary>Background work whose results and progress come back at a turn.</summary>
    public Jobs<TResult, TProgress> Jobs<TResult, TProgress>() => Add(new Jobs<TResult, TProgress>(this));

    /// <summary>Events from outside the bus. A source that ends or throws ends the agent.</summary>
    public Inbox<T> Listen<T>(Func<CancellationToken, IAsyncEnumerable<T>> source, CancellationToken cancellationToken) =>
        Add(new Inbox<T>(this, source, cancellationToken));

    /// <summary>The writing end of a feed.</summary>
    public Feed<T> Write<T>(FeedTopic<T> feed) => new(_environment.Bus.Of(feed));

    /// <summary>The reading end of a feed; a feed has one reader.</summary>
    public Inbox<T> Read<T>(FeedTopic<T> feed) => Add(new Inbox<T>(this, _environment.Bus.Of(feed)));

    /// <summary>Runs the parts of a large agent, each with turns of its own, under this agent's name. One part owns each topic. The first failure ends all.</summary>
    /// <exception cref="Exception">What the part threw that failed first.</exception>
    public async Task RunAllAsync(IReadOnlyList<IAgent> parts, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = new TaskCompletionSource();
        var contexts = parts.Select(_ => new AgentContext(_environment, stop.Token)).ToList();
        lock (_parts)
            _parts.AddRange(contexts);
        await Task.WhenAll(contexts.Zip(parts, (context, part) => RunPartAsync(part, context, stop, first)));
        if (first.Task.IsFaulted)
            await first.Task;
    }

    async Task RunPartAsync(IAgent part, AgentContext context, CancellationTokenSource stop, TaskCompletionSource first)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await using (context)
        {
            try
            {
                await part.RunAsync(context, stop.Token);
            }
            catch (Exception exception)
            {
                first.TrySetException(exception);
                await stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        TurnBegins();       // when the last part has ended, the turn of the whole goes on
        lock (_parts)
        {
            _parts.Remove(context);
            _turns += context.Turns;
        }
    }

    /// <summary>Counts all turns, those of the parts too.</summary>
    internal long Turns => Volatile.Read(ref _turns) + Parts.Sum(p => p.Turns);

    /// <summary>It waits and nothing is pending.</summary>
    /// <param name="jobs">Nor may a job run.</param>
    internal bool Idle(bool jobs) =>
        (!jobs || Volatile.Read(ref _jobs) == 0) && (Parts is { Count: > 0 } parts ? parts.All(p => p.Idle(jobs)) : _bell.Idle);

    /// <summary>How long the present turn, or that of the slowest part, has been going on; zero while it waits.</summary>
    internal TimeSpan TurnAge => Parts is { Count: > 0 } parts ? parts.Max(p => p.TurnAge) : Age(Volatile.Read(ref _turnBegan));

    TimeSpan Age(long began) => began == Waiting ? TimeSpan.Zero : Time.GetElapsedTime(began);

    void TurnBegins()
    {
        var now = Time.GetTimestamp();
        Volatile.Write(ref _turnBegan, now == Waiting ? Waiting + 1 : now);
    }

    List<AgentContext> Parts
    {
        get
        {
            lock (_parts)
                return [.. _parts];
        }
    }

    internal void JobStarted() => Interlocked.Increment(ref _jobs);
    internal void JobEnded() => Interlocked.Decrement(ref _jobs);
    internal void Wake() => _bell.Ring();

    internal void Fail(Exception exception)
    {
        Interlocked.CompareExchange(ref _failure, exception, null);
        Wake();
    }

    /// <summary>A hung life is left to itself: it can publish no more.</summary>
    internal async Task AbandonAsync()
    {
        foreach (var part in Parts)
            await part.AbandonAsync();
        await _ended.CancelAsync();
    }

    TInput Add<TInput>(TInput input) where TInput : IInput
    {
        _inputs.Add(input);
        Wake();
        return input;
    }

    /// <summary>The agent has ended: its publications stay, but this life of it can move them no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _stopping.DisposeAsync();
        await _alarm.DisposeAsync();
        var closed = Task.WhenAll(_inputs.Select(i => i.CloseAsync()));
        // The system's clock: a device that ends does not wait for a test's.
        if (await Task.WhenAny(closed, Task.Delay(Patience, TimeProvider.System)) != closed)
            LogMessages.WorkDoesNotEnd(_log, Name, Patience);
    }

    static partial class LogMessages
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Agent} has ended, but a job or a source of it does not heed its cancellation for {Time}")]
        public static partial void WorkDoesNotEnd(ILogger log, string agent, TimeSpan time);
    }
}
