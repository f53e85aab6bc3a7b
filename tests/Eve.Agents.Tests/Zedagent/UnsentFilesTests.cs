using Eve.Agents.Zedagent;
using Eve.Platform;
using Eve.Tests.Platform;
using NUnit.Framework;

namespace Eve.Tests.Zedagent;

public class UnsentFilesTests
{
    [Test]
    public void Messages_are_kept_one_for_each_key_whatever_the_key_is()
    {
        using var root = new TemporaryFolder();
        var paths = new EvePaths(root.Root);
        var files = new UnsentFiles(paths, MachineFiles.Instance);
        Assert.That(files.ReadAll(), Is.Empty);

        files.Write(new("../../etc", Guid.Empty, "info", 1, 1, [1]));
        files.Write(new("../../etc", Guid.Empty, "info", 1, 2, [2]));
        files.Write(new("b", Guid.Empty, "info", 3, 3, [3]));
        Assert.That(new UnsentFiles(paths, MachineFiles.Instance).ReadAll().Select(m => (m.Key, m.Sequence, m.Body[0])), Is.EquivalentTo(new[] { ("../../etc", 2L, (byte)2), ("b", 3L, (byte)3) }));

        files.Delete("b");
        files.Delete("never there");
        Assert.That(new UnsentFiles(paths, MachineFiles.Instance).ReadAll(), Has.Count.EqualTo(1));
        Assert.That(Directory.GetFiles(Path.Combine(paths.Persist, "zedagent", "unsent")), Has.Length.EqualTo(1));
    }

    [Test]
    public void What_is_no_message_is_deleted()
    {
        using var root = new TemporaryFolder();
        var folder = Path.Combine(new EvePaths(root.Root).Persist, "zedagent", "unsent");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "tmp123"), "{\"Key\":\"x");
        File.WriteAllText(Path.Combine(folder, "other.json"), "null");
        Assert.That(new UnsentFiles(new EvePaths(root.Root), MachineFiles.Instance).ReadAll(), Is.Empty);
        Assert.That(Directory.GetFiles(folder), Is.Empty);
    }
}
