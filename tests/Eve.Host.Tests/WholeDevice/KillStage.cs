using System.Diagnostics;
using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>A stage at which a device is killed, known by a fact that can still be seen when it is dead.</summary>
/// <param name="Holds">The fact.</param>
/// <param name="IsOver">The stage went by unseen.</param>
public sealed record KillStage(string Name, Func<KillFacts, bool> Holds, Func<KillFacts, bool> IsOver)
{
    public static readonly KillStage ConfigWrite = new("config write", f => f.ConfigIsHalfWritten, f => f.ConfigIsWritten);
    public static readonly KillStage NetworkCreation = new("network creation", f => f.BridgeExists && !f.BridgeHasServer, f => f.BridgeHasServer);
    public static readonly KillStage Download = new("download", f => f.Pending > 0 && f.Pending < DeviceLab.ImageSize, f => f.ContentIsChecked || f.ContentIsKept);
    public static readonly KillStage Verification = new("verification", f => f.ContentIsChecked && !f.ContentIsKept, f => f.ContentIsKept);
    public static readonly KillStage VolumeCreation = new("volume creation", f => f.VolumeIsHalfMade, f => f.VolumeExists && !f.VolumeIsHalfMade);
    public static readonly KillStage DomainStart = new("domain start", f => f.GuestStarts, f => f.GuestRuns);
    public static readonly KillStage GuestBoot = new("boot of the guest", f => f.GuestBoots, f => f.GuestHasAddress);
    public static readonly KillStage Stop = new("stop", f => f.GuestGoesDown, f => f.Guest is null);
    public static readonly KillStage Removal = new("removal", f => f.Guest is null && f.VolumeExists, f => !f.VolumeExists);

    /// <summary>What comes after onboarding, in the order in which a device does it while its image comes slowly.</summary>
    public static IReadOnlyList<KillStage> Installation { get; } = [ConfigWrite, NetworkCreation, Download, Verification, VolumeCreation, DomainStart, GuestBoot];

    /// <summary>Kills the device as soon as the fact holds. False: the stage went by unseen, or was over before the signal came.</summary>
    public async Task<bool> KillAsync(DeviceLab lab)
    {
        // Some stages last milliseconds: nothing waits here.
        var began = Stopwatch.StartNew();
        for (; !Holds(lab.Facts); Thread.Yield())
        {
            if (IsOver(lab.Facts))
                return Told("not seen");
            if (began.Elapsed.TotalSeconds > 60)
                Assert.Fail($"Not within 60 s: {Name}.\n{lab.LogEnd()}");
        }
        await lab.Device.KillAsync(CancellationToken.None);
        return Holds(lab.Facts) ? Told("killed") : Told("over when the signal came");

        bool Told(string what)
        {
            TestContext.Out.WriteLine($"{Name}: {what} after {began.Elapsed.TotalSeconds:0.00} s");
            return what == "killed";
        }
    }

    public override string ToString() => Name;
}
