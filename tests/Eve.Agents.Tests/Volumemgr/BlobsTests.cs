using Eve.Agents.Volumemgr;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Volumemgr.Things;

namespace Eve.Tests.Volumemgr;

public sealed class BlobsTests
{
    static readonly BlobFacts Facts = new(Now, Paths, Remaining: 1000 * (ulong)Megabyte);
    static readonly DownloaderConfig Asked = Blobs.Next(Need, null, Facts).Download!;
    static readonly VerifyImageStatus Verified = new(Sha, Sha, "/verified", 13 * Megabyte, Names.Layer, State: SwState.Verified, RefCount: 1);
    static readonly VerifyImageStatus Bad = Verified with { State = SwState.Verifying, Error = "computed SHA-256 b, configured a", ErrorSeverity = ErrorSeverity.Error };

    static DownloaderStatus Download(SwState state, string error = "") => new(
        Sha, Target: Asked.Target, RefCount: 1, State: state, TotalSize: 13 * Megabyte, CurrentSize: 6 * Megabyte, Progress: 46, Error: error, ErrorSeverity: error.Length > 0 ? ErrorSeverity.Notice : default);

    [Test]
    public void Content_that_is_nowhere_is_asked_for_once_at_a_place_that_stays_the_same()
    {
        var turn = Blobs.Next(Need, null, Facts);
        Assert.That(turn.Status, Has.Property("State").EqualTo(SwState.Downloading).And.Property("HasDownloaderRef").True.And.Property("RefCount").EqualTo(1));
        Assert.That(turn.Download, Has.Property("RefCount").EqualTo(1).And.Property("Size").EqualTo(Source.Size).And.Property("Name").EqualTo("images/app.qcow2"));
        Assert.That(turn.Download!.Target, Does.Match($"^/device/persist/vault/downloader/pending/[0-9a-f]{{64}}\\.{Sha}$"));
        Assert.That(Blobs.Next(Need, turn.Status, Facts with { Asked = turn.Download }).Download, Is.EqualTo(turn.Download));
    }

    [Test]
    public void Nothing_is_asked_for_before_the_space_is_known_or_while_it_is_short()
    {
        Assert.That(Blobs.Next(Need, null, Facts with { Remaining = null }), Has.Property("Download").Null.And.Property("Status").Property("Error").Empty);
        var turn = Blobs.Next(Need, null, Facts with { Remaining = 5 });
        Assert.That(turn.Download, Is.Null);
        Assert.That(turn.Status, Has.Property("ErrorSourceType").EqualTo("DiskMetric").And.Property("ErrorRetryCondition").Not.Empty.And.Property("Error").Contains("Remaining disk space: 5 bytes"));
        Assert.That(Blobs.Next(Need, turn.Status, Facts).Status, Has.Property("Error").Empty.And.Property("State").EqualTo(SwState.Downloading));
    }

    [Test]
    public void Space_that_runs_short_later_stops_no_download_that_was_asked_for() =>
        Assert.That(Blobs.Next(Need, null, Facts with { Asked = Asked, Remaining = 0 }).Download, Is.EqualTo(Asked));

    [Test]
    public void While_it_is_fetched_its_sizes_and_errors_are_those_of_the_downloader()
    {
        var status = Blobs.Next(Need, null, Facts with { Asked = Asked, Download = Download(SwState.Downloading, "404") }).Status;
        Assert.That(status, Has.Property("Progress").EqualTo(46).And.Property("CurrentSize").EqualTo(6 * Megabyte).And.Property("Path").EqualTo(Asked.Target));
        Assert.That(status, Has.Property("Error").EqualTo("404").And.Property("ErrorSourceType").EqualTo("DownloaderStatus").And.Property("ErrorSeverity").EqualTo(ErrorSeverity.Notice));
        Assert.That(Blobs.Next(Need, status, Facts with { Asked = Asked, Download = Download(SwState.Downloading) }).Status.Error, Is.Empty);
    }

    [Test]
    public void Whole_content_is_handed_to_the_verifier_in_the_same_pass()
    {
        var turn = Blobs.Next(Need, null, Facts with { Asked = Asked, Download = Download(SwState.Downloaded) });
        Assert.That(turn.Status, Has.Property("State").EqualTo(SwState.Verifying).And.Property("Progress").EqualTo(100).And.Property("HasVerifierRef").True);
        Assert.That(turn.Verify, Is.EqualTo(new VerifyImageConfig(Sha, Sha, Names.Layer, Asked.Target, RefCount: 1)));
        Assert.That(turn.Download, Is.EqualTo(Asked));
    }

    [TestCase(SwState.Verified, false)]
    [TestCase(SwState.Verifying, true, TestName = "Content_whose_check_was_cut_short_is_not_downloaded")]
    public void Content_that_the_verifier_has_is_not_downloaded(SwState state, bool pending)
    {
        var found = Verified with { State = state, PendingAdd = pending, RefCount = 0 };
        var turn = Blobs.Next(Need, null, Facts with { Check = found });
        Assert.That(turn.Download, Is.Null);
        Assert.That(turn.Verify, Has.Property("RefCount").EqualTo(1).And.Property("FileLocation").EqualTo("/verified"));
        Assert.That(turn.Ingest, pending ? Is.Null : Is.EqualTo("/verified"));
        Assert.That(turn.Status.State, Is.EqualTo(pending ? SwState.Verifying : SwState.Loading));
    }

    [Test]
    public void Content_in_the_store_needs_nobody()
    {
        var turn = Blobs.Next(Need, null, Facts with { Stored = new(Sha, 13, Now), Asked = Asked, Check = Verified, Remaining = 0 });
        Assert.That(turn, Has.Property("Download").Null.And.Property("Verify").Null.And.Property("Ingest").Null);
        Assert.That(turn.Status, Has.Property("State").EqualTo(SwState.Loaded).And.Property("Path").Empty.And.Property("Progress").EqualTo(100).And.Property("Size").EqualTo(13));
    }

    [Test]
    public void Bad_content_is_fetched_again_from_its_first_byte_and_given_up_in_the_end()
    {
        var facts = Facts with { Asked = Asked, Download = Download(SwState.Downloaded), AskedCheck = new(Sha, RefCount: 1), Check = Bad };
        var turn = Blobs.Next(Need, null, facts);
        Assert.That(turn.Status, Has.Property("RetryCount").EqualTo(1).And.Property("State").EqualTo(SwState.Downloading).And.Property("Error").Empty);
        Assert.That(turn.Download!.LastRetry, Is.EqualTo((GoTime)Now));
        Assert.That(turn.Verify, Is.Null);

        var last = Blobs.Next(Need, turn.Status with { RetryCount = 5 }, facts);
        Assert.That(last.Status, Has.Property("Error").EqualTo(Bad.Error).And.Property("ErrorSourceType").EqualTo("VerifyImageStatus").And.Property("RetryCount").EqualTo(5));
        Assert.That(last.Download, Is.EqualTo(Asked));
        Assert.That(Blobs.Next(Need with { Touched = true }, last.Status, facts).Status, Has.Property("RetryCount").EqualTo(1).And.Property("Error").Empty);
    }

    [Test]
    public void A_download_from_before_the_last_retry_is_not_checked_nor_is_one_before_the_former_check_is_handed_back()
    {
        var asked = Asked with { LastRetry = Now };
        var old = Facts with { Asked = asked, Download = Download(SwState.Downloaded) };
        Assert.That(Blobs.Next(Need, null, old), Has.Property("Verify").Null.And.Property("Status").Property("State").EqualTo(SwState.Downloading));
        var fresh = old with { Download = old.Download! with { LastRetry = Now }, AskedCheck = new(Sha, Expired: true), Check = Bad };
        Assert.That(Blobs.Next(Need, null, fresh).Verify, Is.Null);
        Assert.That(Blobs.Next(Need, null, fresh with { AskedCheck = null, Check = Bad with { Expired = true } }).Verify, Is.Not.Null);
    }

    [Test]
    public void Another_source_for_what_is_being_fetched_starts_anew_but_not_while_one_tree_still_names_the_old_one()
    {
        var other = Source with { RelativeUrl = "elsewhere" };
        var facts = Facts with { Asked = Asked, Download = Download(SwState.Downloading) };
        Assert.That(Blobs.Next(Need with { Sources = [other, Source] }, null, facts).Download, Is.EqualTo(Asked));
        Assert.That(Blobs.Next(Need with { Sources = [other] }, null, facts).Download, Has.Property("Name").EqualTo("elsewhere").And.Property("LastRetry").EqualTo((GoTime)Now));
        Assert.That(Blobs.Next(Need with { Sources = [] }, null, facts).Download, Is.EqualTo(Asked), "its datastore went: the downloader knows what to do");
    }

    [Test]
    public void A_failure_to_take_content_in_is_said()
    {
        var status = Blobs.Next(Need, null, Facts with { Check = Verified, IngestError = "full" }).Status;
        Assert.That(status, Has.Property("State").EqualTo(SwState.Loading).And.Property("Error").EqualTo("full").And.Property("ErrorSourceType").EqualTo("ContentTreeStatus"));
    }

    [Test]
    public void A_request_is_handed_back_step_by_step()
    {
        var given = Requests.Next(null, Asked, Download(SwState.Downloaded))!;
        Assert.That(given.RefCount, Is.Zero);
        Assert.That(Requests.Next(null, given, Download(SwState.Downloaded)), Is.EqualTo(given));
        Assert.That(Requests.Next(null, given, Download(SwState.Downloaded) with { RefCount = 0, Expired = true }), Is.Null);
        Assert.That(Requests.Next(Asked, given, null), Is.EqualTo(Asked));

        var check = new VerifyImageConfig(Sha, RefCount: 1);
        var expired = Requests.Next(null, check, Verified, collect: false)!;
        Assert.That(expired, Has.Property("RefCount").Zero.And.Property("Expired").True);
        Assert.That(Requests.Next(null, expired, Verified, false), Is.EqualTo(expired));
        Assert.That(Requests.Next(null, expired, Verified with { Expired = true }, false), Is.Null);
    }

    [Test]
    public void Good_content_that_nobody_wants_yet_is_kept_until_the_collection_bad_content_is_not()
    {
        var found = Verified with { RefCount = 0 };
        var echo = Requests.Next(null, null, found, collect: false)!;
        Assert.That(echo, Has.Property("RefCount").Zero.And.Property("Expired").False);
        Assert.That(Requests.Next(null, echo, found, false), Is.EqualTo(echo));
        Assert.That(Requests.Next(null, echo, found, true)!.Expired, Is.True);
        Assert.That(Requests.Next(null, null, Bad, false)!.Expired, Is.True);
        Assert.That(Requests.Next(null, null, found with { Expired = true }, false), Is.Null);
    }
}
