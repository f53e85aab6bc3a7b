using System.Reflection;
using Eve.Testing;
using Eve.Topics;

namespace Eve.Tests.AllAgents;

/// <summary>A topic of any type: what the test over all agents does with each of them.</summary>
internal abstract class AnyTopic(string name, string publisher)
{
    /// <summary>All topics of the device, from the catalogues.</summary>
    public static IReadOnlyList<AnyTopic> All { get; } = [.. Descriptors()];

    /// <summary>Catalogue and field, as the code names it.</summary>
    public string Field => name;

    public string Publisher => publisher;

    /// <summary>Puts a value there that an earlier life of the publisher has left.</summary>
    public abstract void LeaveFormer(TestDevice device);

    /// <summary>Its publisher has started, and has said that its set is complete or has not.</summary>
    public abstract void Announce(TestDevice device, bool complete);

    /// <summary>Its publisher has started, but has not said that its set is complete.</summary>
    public abstract bool IsIncomplete(TestDevice device);

    public abstract IReadOnlyCollection<string> Keys(TestDevice device);

    /// <summary>Calls back for every key that was there and is withdrawn, even if it comes again.</summary>
    public abstract void Watch(TestDevice device, Action<string> withdrawn);

    static IEnumerable<AnyTopic> Descriptors() =>
        from catalogue in typeof(GlobalTopics).Assembly.GetTypes()
        where catalogue is { Namespace: "Eve.Topics", IsAbstract: true, IsSealed: true } && catalogue.Name.EndsWith("Topics", StringComparison.Ordinal)
        from field in catalogue.GetFields(BindingFlags.Static | BindingFlags.Public)
        where field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(Topic<>)
        select (AnyTopic)Activator.CreateInstance(typeof(OneTopic<>).MakeGenericType(field.FieldType.GetGenericArguments()), $"{catalogue.Name}.{field.Name}", field.GetValue(null))!;

    sealed class OneTopic<T>(string field, Topic<T> topic) : AnyTopic(field, topic.Publisher) where T : class, ITopic<T>
    {
        public override void LeaveFormer(TestDevice device)
        {
            var value = (T)Blank.Record(typeof(T), "");
            device.Publish(topic, value.Key.Length > 0 ? value : (T)Blank.Record(typeof(T), "former"));
        }

        public override void Announce(TestDevice device, bool complete) => device.Announce(topic, complete);

        public override bool IsIncomplete(TestDevice device) => device.Bus.Of(topic).Announced is { Published: true, Restarts: 0 };

        public override IReadOnlyCollection<string> Keys(TestDevice device) => [.. device.ReadAll(topic).Keys];

        public override void Watch(TestDevice device, Action<string> withdrawn)
        {
            var seen = new HashSet<string>(Keys(device));
            device.Bus.Of(topic).Subscribe(() =>
            {
                lock (seen)
                {
                    var now = Keys(device);
                    foreach (var gone in seen.Except(now).ToList())
                        withdrawn(gone);
                    seen.Clear();
                    seen.UnionWith(now);
                }
            });
        }
    }
}
