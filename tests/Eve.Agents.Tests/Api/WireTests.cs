using System.Reflection;
using Google.Protobuf.Reflection;
using NUnit.Framework;

namespace Eve.Tests.Api;

/// <summary>Holds the compiled messages against the table of the device API, row by row and in both directions.</summary>
public class WireTests
{
    static readonly string[] _table = File.ReadAllLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Api", "device-api.tsv"))[1..];

    static readonly string[] _compiled =
    [
        .. typeof(Eve.Api.Config.EdgeDevConfig).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!)
            .SelectMany(file => file.MessageTypes.SelectMany(MessageRows).Concat(file.EnumTypes.SelectMany(EnumRows))),
    ];

    [Test]
    public void Every_row_of_the_table_is_compiled_as_it_stands()
    {
        var have = _compiled.ToHashSet();
        var missing = _table.Where(row => !have.Contains(row)).Select(row => $"the table says  {row}\n  compiled is  {Namesake(row, _compiled)}").ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(missing, Is.Empty, string.Join('\n', missing));
            Assert.That(_table.Count(have.Contains), Is.EqualTo(2389));
        });
    }

    [Test]
    public void Nothing_is_compiled_that_the_table_does_not_have()
    {
        var table = _table.ToHashSet();
        var extra = _compiled.Where(row => !table.Contains(row)).ToArray();
        Assert.That(extra, Is.Empty, string.Join('\n', extra));
    }

    [Test]
    public void Every_package_has_one_namespace_under_Eve_Api()
    {
        var packages = typeof(Eve.Api.Config.EdgeDevConfig).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (type.Namespace, ((FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!).Package)).Distinct().ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(packages, Has.Length.EqualTo(15));
            foreach (var (space, package) in packages)
                Assert.That(space, Is.EqualTo("Eve.Api." + package["org.lfedge.eve.".Length..]).IgnoreCase);
        });
    }

    static string Namesake(string row, IEnumerable<string> rows)
    {
        static string Name(string row) => string.Join('\t', row.Split('\t') is var f ? [f[1], f[2], f[4]] : []);
        return rows.FirstOrDefault(other => Name(other) == Name(row)) ?? "nothing of that name";
    }

    static IEnumerable<string> MessageRows(MessageDescriptor message)
    {
        if (message.GetOptions()?.MapEntry == true)
            return [];
        var fields = message.Fields.InDeclarationOrder();
        var own = fields.Count == 0
            ? [Row("message", message.File, NameIn(message), 0, "", "", "", "", false)]
            : fields.Select(field => Row("field", message.File, NameIn(message), field.FieldNumber, field.Name, TypeOf(field), LabelOf(field),
                field.RealContainingOneof?.Name ?? "", field.GetOptions()?.Deprecated == true));
        return own.Concat(message.EnumTypes.SelectMany(EnumRows)).Concat(message.NestedTypes.SelectMany(MessageRows));
    }

    static IEnumerable<string> EnumRows(EnumDescriptor type) => type.Values.Select(value =>
        Row("enum", type.File, NameIn(type), value.Number, value.Name, "", "", "", value.GetOptions()?.Deprecated == true));

    static string NameIn(DescriptorBase descriptor) => descriptor.FullName[(descriptor.File.Package.Length + 1)..];

    static string LabelOf(FieldDescriptor field) =>
        field.IsMap ? "map" : field.IsRepeated ? "repeated" : field.ContainingOneof?.IsSynthetic == true ? "optional" : "singular";

    static string TypeOf(FieldDescriptor field) => field switch
    {
        { IsMap: true } => $"map<{TypeOf(field.MessageType.Fields[1])},{TypeOf(field.MessageType.Fields[2])}>",
        { FieldType: FieldType.Message } => field.MessageType.FullName,
        { FieldType: FieldType.Enum } => field.EnumType.FullName,
        _ => field.FieldType.ToString().ToLowerInvariant(),
    };

    static string Row(string kind, FileDescriptor file, string name, int number, string member, string type, string label, string oneof, bool deprecated) =>
        string.Join('\t', kind, file.Package, name, number, member, type, label, oneof, deprecated ? "deprecated" : "");
}
