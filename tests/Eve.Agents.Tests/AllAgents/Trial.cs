using Eve.Agents;
using Eve.Platform;
using Eve.Testing;
using Eve.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using System.Collections.Concurrent;

namespace Eve.Tests.AllAgents;

/// <summary>One agent on a device whose other agents have started and, as a rule, said nothing yet, over the publications of an earlier life of it.</summary>
internal sealed class Trial : IAsyncDisposable
{
    // Through every retry, deadline and sweep that an agent may have.
    static readonly TimeSpan[] Steps =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6), TimeSpan.FromHours(1), TimeSpan.FromHours(25)];

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly TemporaryFolder _root = new();
    readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-07-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    readonly ConcurrentQueue<string> _removals = new();
    readonly ServiceProvider _provider;
    readonly TestDevice _device;
    readonly AgentEntry _entry;
    readonly string _name;
    readonly string[] _publishesAs;
    readonly bool _ready;

    /// <param name="name">The agent's registered name.</param>
    /// <param name="entry">What must be known of it.</param>
    /// <param name="add">Adds the agents.</param>
    /// <param name="ready">The other agents have said all.</param>
    public Trial(string name, AgentEntry entry, Func<IServiceCollection, IServiceCollection>? add = null, bool ready = false)
    {
        (_name, _entry, _ready) = (name, entry, ready);
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_time).AddEve(new DeviceOptions { Root = _root.Root, Persist = false, Sockets = false });
        var before = services.Count;
        (add ?? (s => s.AddEveAgents()))(services);
        foreach (var effect in services.Skip(before).Where(s => s.ServiceType.IsInterface && s.ServiceType != typeof(IAgent) && s.ServiceType != typeof(ICommands)).ToList())
            services.AddSingleton(effect.ServiceType, Recorder.Of(effect.ServiceType, Called, Answer));
        services.AddSingleton<ICommands>(new RecordingCommands(Run));
        _provider = services.BuildServiceProvider();
        _publishesAs = [.. _provider.GetServices<AgentRegistration>().Last(a => a.Name == name).PublishesAs];
        _device = new(_provider.GetRequiredService<EvePaths>(), _time, null, [.. AnyTopic.All.Select(t => t.Publisher).Concat(_publishesAs).Distinct()]);
        Prepare();
    }

    /// <summary>What was taken away: on the bus, on the machine, on the disk.</summary>
    public IReadOnlyCollection<string> Removals => _removals;

    /// <summary>What it publishes without having said that this is all; global tables have many publishers, and are never complete.</summary>
    public IEnumerable<string> Incomplete => Own.Where(t => t.Publisher.Length > 0 && t.IsIncomplete(_device)).Select(t => t.Field);

    IEnumerable<AnyTopic> Own => AnyTopic.All.Where(t => _publishesAs.Contains(t.Publisher));

    void Prepare()
    {
        foreach (var topic in AnyTopic.All.Except(Own))
            topic.Announce(_device, _ready);
        foreach (var topic in Own)
        {
            if (!_entry.NotLeft.ContainsKey(topic.Field))
                topic.LeaveFormer(_device);
            topic.Watch(_device, key => Note(_entry.MayWithdraw.ContainsKey(topic.Field) ? null : $"withdrawn: {topic.Field} {key}"));
        }
        AgentEntries.Device(_device, _publishesAs);
        _entry.Inputs(_device);
    }

    /// <summary>One life of the agent, of a day.</summary>
    public async Task LiveAsync()
    {
        var files = Files();
        using var stop = _device.Start(_name, _provider.GetRequiredKeyedService<IAgent>(_name), _entry.Args, TextWriter.Null, _publishesAs);
        foreach (var step in Steps)
        {
            await _device.SettleAsync(jobs: !_entry.JobsWait);
            await PassAsync(step);
        }
        await _device.SettleAsync(jobs: !_entry.JobsWait);
        await stop.CancelAsync();
        await _device.SettleAsync(jobs: false);
        foreach (var file in files.Except(Files()))
            Note($"file gone: {file}");
    }

    // An agent that asks for a turn at a time that has passed, turn after turn, keeps the clock from going on.
    async Task PassAsync(TimeSpan time)
    {
        var passed = Task.Run(() => _time.Advance(time));
        if (await Task.WhenAny(passed, Task.Delay(Patience)) != passed)
            Assert.Fail($"{_name} does not let {time} pass: does it ask to be woken at a time that has passed?");
        await passed;
    }

    HashSet<string> Files() => [.. Directory.EnumerateFiles(_root.Root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_root.Root, f))];

    void Called(System.Reflection.MethodInfo method, object?[] arguments)
    {
        if (!_entry.MayCall.ContainsKey($"{method.DeclaringType!.Name}.{method.Name}"))
            Note(Removing.By(method, arguments));
    }

    CommandResult? Run(RecordedCall call)
    {
        Note(Removing.By(call));
        return AgentEntries.Say(call);
    }

    (bool, object?) Answer(System.Reflection.MethodInfo method, object?[] arguments)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        return _entry.Answers.TryGetValue(name, out var answer) || AgentEntries.Usual.TryGetValue(name, out answer) ? (true, answer(arguments)) : default;
    }

    void Note(string? removal)
    {
        if (removal is not null)
            _removals.Enqueue(removal);
    }

    public async ValueTask DisposeAsync()
    {
        await _device.DisposeAsync().AsTask().WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _provider.DisposeAsync();
        _root.Dispose();
    }
}
