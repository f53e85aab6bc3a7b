using System.Reflection;
using System.Text;
using Eve.Agents;
using Eve.Topics;
using Microsoft.Extensions.DependencyInjection;

namespace Eve.Tests.Architecture;

/// <summary>The table of topics, their publishers and their readers, as markdown, made from the code.</summary>
static class TopicTable
{
    sealed record Row(string Field, string Publisher, string Name, bool Persistent);

    public static string Make()
    {
        var rows = Rows();
        var publishesAs = Registrations().ToDictionary(a => a.Name, a => a.PublishesAs);
        var uses = new TopicUses(rows.ToDictionary(r => r.Field, r => r.Publisher), publishesAs).Of(Product.Agents, Product.Host).ToLookup(u => u.Field);

        var text = new StringBuilder("| topic | published by | read by |\n| --- | --- | --- |\n");
        foreach (var row in rows.Where(r => uses[r.Field].Any()))
        {
            var publishing = Names(uses[row.Field].Where(u => u.Publishes));
            var publishers = publishing.Count == 0 ? $"*{row.Publisher}: not yet*" : string.Join(", ", publishing.Select(p => As(p, row.Publisher)));
            var readers = row.Name == nameof(ConfigItemValueMap) ? "every agent, zedbox" : string.Join(", ", Names(uses[row.Field].Where(u => !u.Publishes)));
            text.Append($"| {row.Name}{(row.Persistent ? " ●" : "")} | {publishers} | {(readers.Length > 0 ? readers : "–")} |\n");
        }
        return text.ToString();
    }

    public static IEnumerable<string> Registered() => Registrations().Select(a => a.Name);

    static IEnumerable<AgentRegistration> Registrations() =>
        new ServiceCollection().AddEve().AddEveAgents().Select(s => s.ImplementationInstance).OfType<AgentRegistration>().GroupBy(a => a.Name).Select(g => g.Last());

    static string As(string agent, string publisher) => publisher.Length == 0 || publisher == agent ? agent : $"{agent} (as {publisher})";

    static List<string> Names(IEnumerable<TopicUse> uses) => [.. uses.Select(u => u.Agent).Distinct().Order(StringComparer.Ordinal)];

    static List<Row> Rows() =>
        [.. from catalogue in typeof(GlobalTopics).Assembly.GetTypes()
            where catalogue.Namespace == "Eve.Topics" && catalogue.Name.EndsWith("Topics", StringComparison.Ordinal)
            from field in catalogue.GetFields(BindingFlags.Static | BindingFlags.Public)
            where field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(Topic<>)
            let topic = field.GetValue(null)!
            let row = new Row($"{catalogue.Name}.{field.Name}", Property<string>(topic, "Publisher"), Property<string>(topic, "Name"), Property<bool>(topic, "Persistent"))
            orderby row.Publisher.Length == 0 ? "~" : row.Publisher, row.Name
            select row];

    static T Property<T>(object topic, string name) => (T)topic.GetType().GetProperty(name)!.GetValue(topic)!;
}
