using Eve.Agents.Volumemgr;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Volumemgr.Things;

namespace Eve.Tests.Volumemgr;

public sealed class VolumesTests
{
    static readonly ContentTreeStatus Loaded = new(Tree, RelativeURL: "images/app.qcow2", Format: ImageFormat.Qcow2, ContentSha256: Sha,
        State: SwState.Loaded, TotalSize: 13, CurrentSize: 13, Progress: 100, DisplayName: "app image");

    static readonly VolumeFacts Facts = new(Now, RefCount: 2, Tree: Loaded, Remaining: 1000 * (ulong)Megabyte);
    static readonly VolumeFile File = new(VolumeKey, ImageFormat.Qcow2, true, VolumePath, 13, Now.AddDays(-1));

    static readonly VolumeStatus Creating = Volumes.Next(DiskVolume, null, Facts with { Wanted = true }).Status!;
    static readonly VolumeStatus Created = Volumes.Next(DiskVolume, Creating, Facts with { Outcome = new(File, 100) }).Status!;

    [Test]
    public void It_mirrors_its_content_until_that_is_loaded()
    {
        var (status, step) = Volumes.Next(DiskVolume, null, Facts with { Tree = Loaded with { State = SwState.Downloading, Progress = 46, CurrentSize = 6 } });
        Assert.That(step, Is.EqualTo(VolumeStep.None));
        Assert.That(status, Has.Property("State").EqualTo(SwState.Downloading).And.Property("Progress").EqualTo(46).And.Property("CurrentSize").EqualTo(6)
            .And.Property("RefCount").EqualTo(2).And.Property("LastRefCountChangeTime").EqualTo((GoTime)Now));
    }

    [Test]
    public void It_is_made_only_when_an_app_wants_more_than_its_content()
    {
        var (waiting, none) = Volumes.Next(DiskVolume, null, Facts);
        Assert.That((waiting!.State, none), Is.EqualTo((SwState.Loaded, VolumeStep.None)));
        var (status, step) = Volumes.Next(DiskVolume, null, Facts with { Wanted = true });
        Assert.That(step, Is.EqualTo(VolumeStep.Create));
        Assert.That(status, Has.Property("State").EqualTo(SwState.CreatingVolume).And.Property("ContentFormat").EqualTo(ImageFormat.Qcow2)
            .And.Property("ReferenceName").EqualTo($"{Tree}-images/app.qcow2"));
    }

    [Test]
    public void It_is_created_when_the_job_says_so()
    {
        Assert.That(Volumes.Next(DiskVolume, Creating, Facts with { Running = true, Copied = 30 }), Is.EqualTo((Creating with { Progress = 30 }, VolumeStep.None)));
        Assert.That(Created, Has.Property("State").EqualTo(SwState.CreatedVolume).And.Property("FileLocation").EqualTo(VolumePath).And.Property("Progress").EqualTo(100)
            .And.Property("SubState").EqualTo(VolumeSubState.Created).And.Property("MaxVolSize").EqualTo(DiskVolume.MaxVolSize));
        Assert.That(Volumes.Next(DiskVolume, Created, Facts), Is.EqualTo((Created, VolumeStep.None)));
    }

    [Test]
    public void A_failed_creation_is_said_and_tried_again_after_a_pause()
    {
        var (failed, step) = Volumes.Next(DiskVolume, Creating, Facts with { Outcome = new(Error: "no image"), MayStart = false });
        Assert.That(step, Is.EqualTo(VolumeStep.None));
        Assert.That(failed, Has.Property("Error").EqualTo($"Volume disk ({Things.Volume}) could not be made: no image").And.Property("ErrorSourceType").EqualTo("VolumeStatus").And.Property("State").EqualTo(SwState.CreatingVolume));
        Assert.That(Volumes.Next(DiskVolume, failed, Facts), Is.EqualTo((failed, VolumeStep.Create)));
        Assert.That(Volumes.Next(DiskVolume, failed, Facts with { Outcome = new(Error: "no image"), MayStart = false, Now = Now.AddHours(1) }).Status!.ErrorTime, Is.EqualTo((GoTime)Now));
        Assert.That(Volumes.Next(DiskVolume, failed, Facts with { Outcome = new(File, 100) }).Status!.Error, Is.Empty);
    }

    [Test]
    public void A_file_from_an_earlier_run_is_the_volume()
    {
        var (status, step) = Volumes.Next(DiskVolume, null, Facts with { File = File, Tree = null, Remaining = null });
        Assert.That(step, Is.EqualTo(VolumeStep.None));
        Assert.That(status, Has.Property("State").EqualTo(SwState.CreatedVolume).And.Property("Progress").EqualTo(100).And.Property("SubState").EqualTo(VolumeSubState.Created)
            .And.Property("CreateTime").EqualTo((GoTime)File.Created).And.Property("Error").Empty);
    }

    [Test]
    public void A_blank_volume_needs_a_size_and_no_content()
    {
        var blank = DiskVolume with { VolumeContentOriginType = VolumeContentOriginType.Blank, ContentID = default };
        var (status, step) = Volumes.Next(blank, null, Facts with { Tree = null, Wanted = true });
        Assert.That((status!.ContentFormat, step), Is.EqualTo((ImageFormat.Raw, VolumeStep.Create)));
        Assert.That(Volumes.Next(blank with { MaxVolSize = 0 }, null, Facts with { Tree = null }).Status!.Error, Does.Contain("blank and has no size"));
    }

    [Test]
    public void An_unknown_content_tree_is_named_and_waited_for()
    {
        var (status, _) = Volumes.Next(DiskVolume, null, Facts with { Tree = null });
        Assert.That(status, Has.Property("Error").Contains($"content tree {Tree}").And.Property("ErrorSeverity").EqualTo(ErrorSeverity.Notice).And.Property("State").EqualTo(SwState.Initial));
        Assert.That(Volumes.Next(DiskVolume, status, Facts).Status!.Error, Is.Empty);
    }

    [Test]
    public void An_error_of_its_content_comes_with_the_content_tree_as_its_entity()
    {
        var (status, _) = Volumes.Next(DiskVolume, null, Facts with { Tree = Loaded with { State = SwState.Downloading, Error = "404", ErrorSeverity = ErrorSeverity.Warning, ErrorTime = Now } });
        Assert.That(status, Has.Property("Error").EqualTo($"Found error in content tree app image ({Tree}) attached to volume disk: 404").And.Property("ErrorSourceType").EqualTo("ContentTreeStatus"));
        Assert.That(status!.ErrorEntities, Is.EqualTo(new[] { new ErrorEntity(ErrorEntityType.ContentTree, $"{Tree}") }));
    }

    [Test]
    public void Too_little_space_is_said_and_ends_when_there_is_more()
    {
        var (status, step) = Volumes.Next(DiskVolume, null, Facts with { Wanted = true, Remaining = 5 });
        Assert.That(step, Is.EqualTo(VolumeStep.None));
        Assert.That(status, Has.Property("Error").Contains("Remaining disk space: 5 bytes").And.Property("ErrorSourceType").EqualTo("DiskMetric").And.Property("State").EqualTo(SwState.Loaded));
        (status, step) = Volumes.Next(DiskVolume, status, Facts with { Wanted = true });
        Assert.That((status!.Error, step), Is.EqualTo(("", VolumeStep.Create)));
    }

    [TestCase("size")]
    [TestCase("content")]
    [TestCase("readonly")]
    [TestCase("origin")]
    public void What_makes_another_volume_of_it_needs_a_new_generation(string change)
    {
        var config = change switch
        {
            "size" => DiskVolume with { MaxVolSize = 7 },
            "content" => DiskVolume with { ContentID = App },
            "readonly" => DiskVolume with { ReadOnly = true },
            _ => DiskVolume with { VolumeContentOriginType = VolumeContentOriginType.Blank },
        };
        var (status, step) = Volumes.Next(config, Created, Facts);
        Assert.That(step, Is.EqualTo(VolumeStep.None));
        Assert.That(status, Has.Property("Error").StartsWith("Need volume regeneration").And.Property("State").EqualTo(SwState.CreatedVolume).And.Property("MaxVolSize").EqualTo(DiskVolume.MaxVolSize));
        Assert.That(Volumes.Next(DiskVolume with { DisplayName = "new name" }, status, Facts).Status, Is.EqualTo(Created with { DisplayName = "new name" }));
    }

    [Test]
    public void A_size_that_was_left_open_is_filled_in_and_is_no_change()
    {
        var open = DiskVolume with { MaxVolSize = 0 };
        var creating = Volumes.Next(open, null, Facts with { Wanted = true }).Status;
        var created = Volumes.Next(open, creating, Facts with { Outcome = new(File, 4096) }).Status!;
        Assert.That(created.MaxVolSize, Is.EqualTo(4096));
        Assert.That(Volumes.Next(open with { HasNoAppReferences = true }, created, Facts).Status!.Error, Is.Empty);
        Assert.That(Volumes.Next(open, null, Facts with { File = File, Provisioned = 4096 }).Status!.MaxVolSize, Is.EqualTo(4096));
    }

    [Test]
    public void It_is_destroyed_only_when_nobody_can_want_it()
    {
        var gone = Facts with { RefCount = 0 };
        Assert.That(Volumes.Next(null, Created, gone), Is.EqualTo((Created with { RefCount = 0, LastRefCountChangeTime = Now }, VolumeStep.None)));
        var (deleting, step) = Volumes.Next(null, Created, gone with { MayDestroy = true });
        Assert.That(step, Is.EqualTo(VolumeStep.Destroy));
        Assert.That(deleting!.SubState, Is.EqualTo(VolumeSubState.Deleting));
        Assert.That(Volumes.Next(null, deleting, gone with { MayDestroy = true, Running = true }), Is.EqualTo((deleting, VolumeStep.None)));
        var (failed, _) = Volumes.Next(null, deleting, gone with { MayDestroy = true, MayStart = false, Outcome = new(Error: "busy") });
        Assert.That(failed, Has.Property("Error").Contains("could not be removed: busy").And.Property("SubState").EqualTo(VolumeSubState.Deleting));
        Assert.That(Volumes.Next(null, failed, gone with { MayDestroy = true }).Step, Is.EqualTo(VolumeStep.Destroy));
        Assert.That(Volumes.Next(null, deleting, gone with { MayDestroy = true, Outcome = new() }).Status, Is.Null);
    }

    [Test]
    public void What_was_never_made_goes_at_once_what_was_being_made_is_stopped_and_cleared_away()
    {
        var gone = Facts with { RefCount = 0, MayDestroy = true };
        Assert.That(Volumes.Next(null, Creating with { State = SwState.Downloading }, gone), Is.EqualTo(((VolumeStatus?)null, VolumeStep.None)));
        Assert.That(Volumes.Next(null, Creating, gone with { Running = true }).Step, Is.EqualTo(VolumeStep.Destroy));
    }

    [Test]
    public void One_that_an_app_still_uses_stays_without_its_configuration() =>
        Assert.That(Volumes.Next(null, Created, Facts with { RefCount = 1, MayDestroy = true }), Is.EqualTo((Created with { RefCount = 1, LastRefCountChangeTime = Now }, VolumeStep.None)));

    [Test]
    public void One_that_comes_back_while_it_is_destroyed_is_made_anew_afterwards()
    {
        var deleting = Created with { SubState = VolumeSubState.Deleting };
        Assert.That(Volumes.Next(DiskVolume, deleting, Facts with { Running = true, Wanted = true }), Is.EqualTo((deleting, VolumeStep.None)));
        Assert.That(Volumes.Next(DiskVolume, deleting, Facts with { Outcome = new(), Wanted = true }), Is.EqualTo((Creating, VolumeStep.Create)));
    }

    [Test]
    public void An_app_sees_the_volume_and_its_error_with_the_volume_as_its_entity()
    {
        var other = Ref with { AppUUID = Datastore, VerifyOnly = false };
        Assert.That(VolumeRefs.Next(Ref, null, null, [Ref], false, Now), Has.Property("State").EqualTo(SwState.Initial).And.Property("VerifyOnly").True);
        Assert.That(VolumeRefs.Next(Ref, Created, null, [Ref], false, Now), Has.Property("State").EqualTo(SwState.CreatedVolume).And.Property("ActiveFileLocation").EqualTo(VolumePath).And.Property("Error").Empty);
        var broken = VolumeRefs.Next(Ref, Creating with { Error = "no image", ErrorSeverity = ErrorSeverity.Error, ErrorTime = Now }, null, [Ref], false, Now);
        Assert.That(broken, Has.Property("Error").EqualTo("no image").And.Property("ErrorSourceType").EqualTo("VolumeStatus").And.Property("ActiveFileLocation").Empty);
        Assert.That(broken.ErrorEntities, Is.EqualTo(new[] { new ErrorEntity(ErrorEntityType.Volume, $"{Volume}") }));
        Assert.That(VolumeRefs.Next(Ref, Created, null, [Ref, other], false, Now).Error, Does.StartWith("Multiple app instances"));
        Assert.That(VolumeRefs.Next(Ref, Created, null, [Ref, other], active: true, Now).Error, Is.Empty);
        Assert.That(VolumeRefs.Next(Ref, Created with { ReadOnly = true }, null, [Ref, other], false, Now).Error, Is.Empty);
    }

    [Test]
    public void A_volume_is_wanted_by_an_app_that_has_verified_all_or_when_no_app_will_ever_ask()
    {
        Assert.That(VolumeRefs.Wanted(DiskVolume, [Ref]), Is.False);
        Assert.That(VolumeRefs.Wanted(DiskVolume, [Ref, Ref with { VerifyOnly = false }]), Is.True);
        Assert.That(VolumeRefs.Wanted(DiskVolume, []), Is.False);
        Assert.That(VolumeRefs.Wanted(DiskVolume with { HasNoAppReferences = true }, []), Is.True);
    }
}
