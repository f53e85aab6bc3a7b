using System.Diagnostics;
using System.Globalization;
using Eve.Platform;
using Eve.Topics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NATS.Client.Core;
using NATS.Client.Serializers.Json;
using StackExchange.Redis;

namespace Eve.Benchmarks.CrossProcess;

/// <summary>What the processes do that a measurement starts.</summary>
static class Part
{
    public static Task RunAsync(string[] part) => part switch
    {
        ["reader", var root] => ReadAsync(root),
        ["syncs", var root, var rounds] => SyncAsync(root, int.Parse(rounds, CultureInfo.InvariantCulture)),
        ["publisher", var root, var keys] => PublishAsync(root, int.Parse(keys, CultureInfo.InvariantCulture)),
        ["nats", var address] => HearNatsAsync(address),
        ["redis", var address] => HearRedisAsync(address),
        ["raw", var path, var batch] => Task.Run(() => RawPeer.Receive(path, int.Parse(batch, CultureInfo.InvariantCulture))),
        _ => throw new ArgumentException(string.Join(' ', part)),
    };

    /// <summary>So many values the publisher prepares.</summary>
    public const int AtOnce = 5_000;

    static readonly Listener s_listener = new();

    static async Task ReadAsync(string root)
    {
        await using var services = new ServiceCollection().AddEve(new() { Root = root, PartOfDevice = true, WatchdogInterval = TimeSpan.FromHours(1) }).AddAgent<Reader>("reader").BuildServiceProvider();
        using var end = new CancellationTokenSource();
        var life = services.GetRequiredService<Device>().RunAsync(end.Token);
        s_listener.Obey();
        await end.CancelAsync();
        await life;
    }

    sealed class Reader : IAgent
    {
        public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
        {
            var began = Stopwatch.GetTimestamp();
            var samples = agent.Subscribe(Sample.Topic);
            for (var ready = false; ;)
            {
                await agent.ChangedAsync(cancellationToken);
                foreach (var change in samples.Changes)
                {
                    if (change.New is { } sample)
                        s_listener.See(change.Key, sample.Counter);
                    else
                        s_listener.Forget(change.Key);
                }
                if (samples.Ready != ready)
                    Console.WriteLine($"{((ready = samples.Ready) ? "complete" : "incomplete")} {samples.Count} {Stopwatch.GetTimestamp()} {Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture)}");
            }
        }
    }

    // Each round is a subscriber that has never been connected.
    static async Task SyncAsync(string root, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            await using var bus = new MemoryBus(["reader"], null, new SocketBus(new EvePaths(root), p => p != "reader", new Dictionary<string, ValueList<uint>>(), TimeProvider.System, NullLogger.Instance));
            var bell = new Doorbell();
            var began = Stopwatch.GetTimestamp();
            var samples = new Subscription<Sample>(bus, Sample.Topic, bell.Ring);
            for (; !samples.Ready; ((IInput)samples).Advance())
                await bell.WaitAsync();
            Console.WriteLine($"synced {samples.Count} {Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture)}");
        }
    }

    // Its values come from its own checkpoints when it is started again. Orders: `prepare` and `prepare-equal` make values, `publish` publishes them.
    static async Task PublishAsync(string root, int keys)
    {
        var began = Stopwatch.GetTimestamp();
        await using var bus = Join(root, checkpoints: true);
        var publication = new Publication<Sample>(bus, Sample.Topic);
        if (publication.Count == 0)
            publication.Replace(Sample.Set(keys, 1));
        else
            publication.SignalRestarted();
        Console.WriteLine($"published {began}");
        Sample[] samples = [];
        for (var counter = 1; Console.ReadLine() is { } order;)
        {
            counter += order == "prepare" ? 1 : 0;
            if (order == "publish")
                Array.ForEach(samples, publication.Publish);
            else if (order != "allocated")
                samples = Sample.Set(AtOnce, counter);
            Console.WriteLine($"ready {GC.GetTotalAllocatedBytes(precise: true)}");
        }
    }

    /// <summary>A process that publishes: also configuration items, without which no agent runs.</summary>
    public static MemoryBus Join(string root, bool checkpoints = false)
    {
        var paths = new EvePaths(root);
        MemoryBus bus = new(["bench", AgentNames.Zedagent], null,
            new SocketBus(paths, _ => false, new Dictionary<string, ValueList<uint>>(), TimeProvider.System, NullLogger.Instance),
            checkpoints ? new PersistentStore(paths, MachineFiles.Instance, TimeProvider.System, NullLogger.Instance, t => t == Sample.Topic.ToString()) : null);
        new Publication<ConfigItemValueMap>(bus, ZedagentTopics.ConfigItemValueMap).Replace([new()]);
        return bus;
    }

    public static NatsOpts Nats(string address) => new()
    {
        Url = address,
        SerializerRegistry = new NatsJsonContextSerializerRegistry(SampleJson.Default),
        SubPendingChannelCapacity = 100_000,
        SubPendingChannelFullMode = System.Threading.Channels.BoundedChannelFullMode.Wait,
    };

    static async Task HearNatsAsync(string address)
    {
        await using var nats = new NatsConnection(Nats(address));
        await using var samples = await nats.SubscribeCoreAsync<Sample>("sample.>");
        await nats.PingAsync();
        Console.WriteLine("connected");
        _ = Task.Run(s_listener.Obey);
        await foreach (var message in samples.Msgs.ReadAllAsync())
            s_listener.See(message.Data!.Key, message.Data.Counter);
    }

    static async Task HearRedisAsync(string address)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(address);
        var samples = await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal("sample"));
        samples.OnMessage(message =>
        {
            var sample = System.Text.Json.JsonSerializer.Deserialize((ReadOnlyMemory<byte>)message.Message is var bytes ? bytes.Span : default, Sample.Json)!;
            s_listener.See(sample.Key, sample.Counter);
        });
        Console.WriteLine("connected");
        s_listener.Obey();
    }
}
