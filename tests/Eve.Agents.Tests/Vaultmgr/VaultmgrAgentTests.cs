using Eve.Agents.Vaultmgr;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Vaultmgr;

public class VaultmgrAgentTests
{
    [Test]
    public async Task Without_a_tpm_the_vault_is_a_folder_and_says_so()
    {
        using var folder = new TemporaryFolder();
        var paths = new EvePaths(folder.Root);
        await using var device = new TestDevice(paths, null, null, AgentNames.Vaultmgr, AgentNames.Zedclient);
        device.Start(AgentNames.Vaultmgr, new VaultmgrAgent(new VaultFolder(paths)));
        await device.SettleAsync();
        Assert.That(device.ReadAll(VaultmgrTopics.VaultStatus), Is.Empty, "not onboarded");

        device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        await device.SettleAsync();
        var status = device.ReadAll(VaultmgrTopics.VaultStatus).Values.Single();
        Assert.That((status.Name, status.Status, status.UnlockMethod, status.ConversionComplete), Is.EqualTo(("Application Data Store", DataSecAtRestStatus.Disabled, VaultUnlockMethod.NoTpm, true)));
        Assert.That(device.ReadAll(VaultmgrTopics.EncryptedVaultKeyFromDevice).Values.Single().IsTpmEnabled, Is.False);
        Assert.That(File.GetUnixFileMode(paths.Vault), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public async Task A_vault_that_cannot_be_made_is_an_error_until_it_can()
    {
        var time = new FakeTimeProvider();
        var folder = new FakeFolder { Error = "no room" };
        await using var device = new TestDevice(time, AgentNames.Vaultmgr, AgentNames.Zedclient);
        device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        device.Start(AgentNames.Vaultmgr, new VaultmgrAgent(folder));
        await device.SettleAsync();
        var status = device.ReadAll(VaultmgrTopics.VaultStatus).Values.Single();
        Assert.That((status.Status, status.Error, status.ConversionComplete), Is.EqualTo((DataSecAtRestStatus.Error, "no room", false)));

        time.Advance(TimeSpan.FromSeconds(30));
        await device.SettleAsync();
        Assert.That(device.ReadAll(VaultmgrTopics.VaultStatus).Values.Single(), Is.EqualTo(status), "the same error keeps its time");

        folder.Error = null;
        time.Advance(TimeSpan.FromSeconds(30));
        await device.SettleAsync();
        Assert.That(device.ReadAll(VaultmgrTopics.VaultStatus).Values.Single(), Has.Property("ConversionComplete").EqualTo(true).And.Property("Error").EqualTo(""));
    }

    [Test]
    public void A_file_in_the_vault_s_place_is_named()
    {
        using var folder = new TemporaryFolder();
        var paths = new EvePaths(folder.Root);
        Directory.CreateDirectory(paths.Persist);
        File.WriteAllText(paths.Vault, "");
        Assert.That(new VaultFolder(paths).Open(), Does.Contain(paths.Vault));
    }

    sealed class FakeFolder : IVaultFolder
    {
        public string? Error { get; set; }
        public string? Open() => Error;
    }
}
