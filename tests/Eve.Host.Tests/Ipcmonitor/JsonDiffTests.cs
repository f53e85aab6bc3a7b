using System.Text.Json;
using Eve.Host.Ipcmonitor;
using NUnit.Framework;

namespace Eve.Tests.Ipcmonitor;

public class JsonDiffTests
{
    [TestCase("""{"a":1,"b":[1,2]}""", """{"b":[1, 2],"a":1}""", "")]
    [TestCase("""{"a":1}""", """{"a":2}""", "a: 1 -> 2")]
    [TestCase("""{"a":1}""", """{"a":1.0}""", "a: 1 -> 1.0")]
    [TestCase("""{"a":{"b":{"c":null}}}""", """{"a":{"b":{"c":[]}}}""", "a.b.c: null -> []")]
    [TestCase("""{"a":[{"x":1},{"x":2}]}""", """{"a":[{"x":1},{"x":3},{"x":4}]}""", "a[1].x: 2 -> 3; a[2]: + {\"x\":4}")]
    [TestCase("""{"a":[1,2]}""", """{"a":[1]}""", "a[1]: 2 -")]
    [TestCase("""{"a":1,"c":2}""", """{"b":1,"c":2}""", "b: + 1; a: 1 -")]
    [TestCase("1", "[1]", ": 1 -> [1]")]
    [TestCase("""{"a":9007199254740992}""", """{"a":9007199254740993}""", "a: 9007199254740992 -> 9007199254740993")]
    public void Fields_that_differ(string old, string @new, string differences)
    {
        var found = JsonDiff.Between(JsonElement.Parse(old), JsonElement.Parse(@new))
            .Select(c => c.Old is null ? $"{c.Path}: + {c.New}" : c.New is null ? $"{c.Path}: {c.Old} -" : $"{c.Path}: {c.Old} -> {c.New}");
        Assert.That(string.Join("; ", found), Is.EqualTo(differences));
    }
}
