using System.Diagnostics.CodeAnalysis;
using Eve.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eve;

/// <summary>An agent's name, and the names it publishes under (its own, unless EVE's differ: logmanager publishes as newlogd and loguploader).</summary>
internal sealed record AgentRegistration(string Name, IReadOnlyList<string> PublishesAs);

/// <summary>Registers a device and its agents.</summary>
public static class EveServiceCollectionExtensions
{
    /// <summary>Adds the device: bus, paths, clock and supervisor. Agents are added by <see cref="AddAgent"/>.</summary>
    public static IServiceCollection AddEve(this IServiceCollection services, DeviceOptions? options = null)
    {
        services.AddSingleton(options ?? new());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.TryAddSingleton(_ => new LogFeed());
        services.TryAddSingleton<LogLevels>();
        services.TryAddSingleton(p => new EvePaths(p.GetRequiredService<DeviceOptions>().Root));
        services.TryAddSingleton<IFiles>(MachineFiles.Instance);
        services.AddSingleton(MakeBus);
        services.AddSingleton<IBus>(p => new Bus(p.GetRequiredService<MemoryBus>()));
        services.AddSingleton(p => new Device(p));
        return services;
    }

    /// <summary>Registers the agent that runs under an EVE name. A later one takes an earlier one's place.</summary>
    /// <param name="services">Where to register it.</param>
    /// <param name="name">The name it runs under: one of <see cref="AgentNames"/>, or one of your own.</param>
    /// <param name="publishesAs">The publisher names of its topics; its own name if none is given.</param>
    public static IServiceCollection AddAgent<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAgent>(
        this IServiceCollection services, string name, params string[] publishesAs) where TAgent : class, IAgent =>
        services.AddKeyedSingleton<IAgent, TAgent>(name).AddSingleton(new AgentRegistration(name, publishesAs is [] ? [name] : publishesAs));

    static MemoryBus MakeBus(IServiceProvider services)
    {
        var options = services.GetRequiredService<DeviceOptions>();
        var (paths, time) = (services.GetRequiredService<EvePaths>(), services.GetRequiredService<TimeProvider>());
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("pubsub");
        var publishers = services.GetServices<AgentRegistration>().SelectMany(a => a.PublishesAs).ToHashSet();
        bool Outside(string publisher) => !publishers.Contains(publisher) && (options.PartOfDevice || options.OutsidePublishers.Contains(publisher));
        var files = services.GetRequiredService<IFiles>();
        return new(publishers,
            options.Persist ? new PersistentStore(paths, files, time, log) : null,
            options.Sockets ? new SocketBus(paths, Outside, options.TopicReaders, time, log) : null,
            options.Persist ? new PersistentStore(paths, files, time, log, topic => options.PartOfDevice || options.Checkpoints.Contains(topic)) : null);
    }
}
