using Eve.Host;
using NUnit.Framework;

namespace Eve.Tests;

public class BootFoldersTests
{
    string _root = "";
    EvePaths _paths = new("/nonexistent");

    [SetUp]
    public void MakeRoot()
    {
        _root = Directory.CreateTempSubdirectory("eve-boot-").FullName;
        _paths = new(_root);
    }

    [TearDown]
    public void RemoveRoot() => Directory.Delete(_root, recursive: true);

    [Test]
    public void All_folders_are_made_below_the_root()
    {
        BootFolders.Prepare(_paths);

        Assert.That(
            Directory.EnumerateDirectories(_root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_root, f)),
            Is.SupersetOf(new[]
            {
                "config", "persist/certs", "persist/status", "persist/checkpoint", "persist/newlog", "persist/status/zedclient/OnboardingStatus", "run/global",
                "run/watchdog/file",
            }));
    }

    [Test]
    public void A_device_without_certificates_boots_for_the_first_time_and_only_once()
    {
        BootFolders.Prepare(_paths);
        Assert.That(FirstBoot, Does.Exist);

        File.Delete(FirstBoot);
        BootFolders.Prepare(_paths);
        Assert.That(FirstBoot, Does.Not.Exist);
    }

    [Test]
    public void An_installers_marker_is_a_first_boot_too_and_becomes_its_request_to_send()
    {
        BootFolders.Prepare(_paths);
        File.Delete(FirstBoot);
        var installer = Directory.CreateDirectory(Path.Combine(_paths.Persist, "installer")).FullName;
        File.WriteAllText(Path.Combine(installer, "first-boot"), "");

        BootFolders.Prepare(_paths);

        Assert.That(FirstBoot, Does.Exist);
        Assert.That(Path.Combine(installer, "first-boot"), Does.Not.Exist);
        Assert.That(Path.Combine(installer, "send-require"), Does.Exist);
    }

    [Test]
    public void Large_values_of_an_earlier_boot_are_cleared_and_persistent_topics_stay()
    {
        var large = Directory.CreateDirectory(Path.Combine(_paths.Persist, "pubsub-large")).FullName;
        File.WriteAllText(Path.Combine(large, "value"), "1");
        var status = Directory.CreateDirectory(Path.Combine(_paths.Status, "zedmanager", "UuidToNum")).FullName;
        File.WriteAllText(Path.Combine(status, "app.json"), "{}");

        BootFolders.Prepare(_paths);

        Assert.That(large, Does.Not.Exist);
        Assert.That(Path.Combine(status, "app.json"), Does.Exist);
    }

    [Test]
    public void Files_that_a_kill_left_half_written_go_and_nothing_else()
    {
        BootFolders.Prepare(_paths);
        string[] halves = [$"tmp{Guid.NewGuid():N}", $"tmp{Guid.NewGuid():N}.bak"];
        foreach (var name in halves.Append("tmpfile").Append("lastconfig"))
            File.WriteAllText(Path.Combine(_paths.Checkpoint, name), "");

        BootFolders.Prepare(_paths);

        Assert.That(Directory.GetFiles(_paths.Checkpoint).Select(Path.GetFileName), Is.EquivalentTo(new[] { "tmpfile", "lastconfig" }));
    }

    [Test]
    public void A_root_that_cannot_be_written_is_named_with_what_to_do()
    {
        var file = Path.Combine(_root, "file");
        File.WriteAllText(file, "");

        Assert.That(() => BootFolders.Prepare(new(file)), Throws.TypeOf<EveException>().With.Message.Contains(file).And.Message.Contains("--root"));
    }

    string FirstBoot => Path.Combine(_paths.Run, "global", "first-boot");
}
