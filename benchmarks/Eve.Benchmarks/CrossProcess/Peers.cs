using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NATS.Client.Core;
using StackExchange.Redis;

namespace Eve.Benchmarks.CrossProcess;

/// <summary>What others would take: brokers that run for this measurement, on loopback.</summary>
sealed class Peers(NatsPeer nats, RedisPeer redis) : IAsyncDisposable
{
    public NatsPeer Nats => nats;

    public RedisPeer Redis => redis;

    public static async Task<Peers> StartAsync() => new(await NatsPeer.StartAsync(), await RedisPeer.StartAsync());

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Returns once somebody listens there.</summary>
    public static async Task AwaitAsync(int port)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (attempt < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await nats.DisposeAsync();
        await redis.DisposeAsync();
    }
}

/// <summary>A NATS server, with NATS.Net at both ends, and its serializer over the same JSON.</summary>
sealed class NatsPeer(Child server, string address, NatsConnection connection) : IAsyncDisposable
{
    public static async Task<NatsPeer> StartAsync()
    {
        var port = Peers.FreePort();
        var server = Child.Start("nats-server", ["-a", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)]);
        await Peers.AwaitAsync(port);
        var address = $"nats://127.0.0.1:{port}";
        return new(server, address, new NatsConnection(Part.Nats(address)));
    }

    async Task<Child[]> SubscribersAsync(int count)
    {
        var children = Enumerable.Range(0, count).Select(_ => Child.Start("nats", address)).ToArray();
        foreach (var child in children)
            await child.LineAsync("connected");
        return children;
    }

    public async Task<double[]> LatencyAsync()
    {
        await using var child = (await SubscribersAsync(1))[0];
        await child.OrderAsync($"latency {CrossProcessFigures.WarmUp}");
        for (var i = 0; i <= CrossProcessFigures.Samples; i++)
        {
            Thread.Sleep(1);
            await connection.PublishAsync("sample.0", Sample.Of(0, i < CrossProcessFigures.Samples ? Stopwatch.GetTimestamp() : long.MaxValue));
        }
        return await child.DoneAsync();
    }

    public async Task<double> RateAsync(int subscribers, int keys)
    {
        var children = await SubscribersAsync(subscribers);
        var subjects = Sample.Set(keys, 0).Select(s => "sample." + s.Key).ToArray();
        var (rate, skipped) = await Deliveries.RateAsync(children, keys, 1, async samples =>
        {
            for (var i = 0; i < samples.Length; i++)
                await connection.PublishAsync(subjects[i], samples[i]);
        });
        foreach (var child in children)
            await child.DisposeAsync();
        return skipped == 0 ? rate : throw new InvalidOperationException($"NATS has lost {skipped}.");
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await server.DisposeAsync();
    }
}

/// <summary>A Redis server that keeps nothing, and its pub/sub.</summary>
sealed class RedisPeer(Child server, string address, ConnectionMultiplexer connection) : IAsyncDisposable
{
    public static async Task<RedisPeer> StartAsync()
    {
        var port = Peers.FreePort();
        var server = Child.Start("redis-server", ["--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "no",
            "--client-output-buffer-limit", "pubsub 0 0 0"]);
        await Peers.AwaitAsync(port);
        var address = $"127.0.0.1:{port}";
        return new(server, address, await ConnectionMultiplexer.ConnectAsync(address));
    }

    public async Task<double> RateAsync(int subscribers, int keys)
    {
        var children = Enumerable.Range(0, subscribers).Select(_ => Child.Start("redis", address)).ToArray();
        foreach (var child in children)
            await child.LineAsync("connected");
        var publisher = connection.GetSubscriber();
        var (rate, skipped) = await Deliveries.RateAsync(children, keys, 1, async samples =>
        {
            foreach (var sample in samples)
                await publisher.PublishAsync(RedisChannel.Literal("sample"), JsonSerializer.SerializeToUtf8Bytes(sample, Sample.Json), CommandFlags.FireAndForget);
        });
        foreach (var child in children)
            await child.DisposeAsync();
        return skipped == 0 ? rate : throw new InvalidOperationException($"Redis has lost {skipped}.");
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await server.DisposeAsync();
    }
}
