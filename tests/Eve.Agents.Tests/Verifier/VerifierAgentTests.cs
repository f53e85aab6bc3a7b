using System.Collections.Concurrent;
using Eve.Agents.Verifier;
using Eve.Testing;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Verifier;

public class VerifierAgentTests
{
    static readonly string s_digest = new('a', 64), s_wrong = new('c', 64);
    static readonly VerifyImageConfig s_image = new(s_digest, "alpine", "text/plain", "/pending/aa", RefCount: 1);

    TestDevice _device = null!;
    FakeContent _content = null!;

    [SetUp]
    public void SetUp()
    {
        _device = new(null, AgentNames.Volumemgr, AgentNames.Verifier, AgentNames.Vaultmgr, AgentNames.Zedclient);
        _content = new();
        _device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        _device.Publish(VaultmgrTopics.VaultStatus, new VaultStatus("v", DataSecAtRestStatus.Disabled, ConversionComplete: true));
    }

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    VerifyImageStatus? Status => _device.Read(VerifierTopics.VerifyImageStatus, s_digest);
    CancellationTokenSource Start() => _device.Start(AgentNames.Verifier, new VerifierAgent(_content));

    async Task WantedAsync(VerifyImageConfig config, bool jobs = true)
    {
        _device.Publish(VolumemgrTopics.VerifyImageConfig, config);
        await _device.SettleAsync(jobs);
    }

    [Test]
    public async Task Good_content_is_verified()
    {
        Start();
        await WantedAsync(s_image);
        Assert.That((Status!.State, Status.PendingAdd, Status.FileLocation, Status.RefCount, Status.Error), Is.EqualTo((SwState.Verified, false, "/verified", 1u, "")));
    }

    [Test]
    public async Task Bad_content_is_an_error_that_names_both_digests()
    {
        _content.Digest = s_wrong;
        Start();
        await WantedAsync(s_image);
        Assert.That((Status!.State, Status.PendingAdd), Is.EqualTo((SwState.Verifying, false)));
        Assert.That(Status.Error, Does.Contain($"computed SHA-256 {s_wrong}, configured {s_digest}"));
    }

    [TestCase("../../etc/passwd", "/f", "is not a SHA-256")]
    [TestCase("aa", "/f", "is not a SHA-256")]
    [TestCase("", "", "is not a SHA-256")]
    public async Task What_cannot_be_checked_touches_no_disk(string digest, string file, string error)
    {
        Start();
        await WantedAsync(s_image with { ImageSha256 = s_digest, FileLocation = "" });
        Assert.That(Status!.Error, Does.Contain("there is no file"));
        Assert.That(Verification.Refused(new(digest, "x", FileLocation: file), default).Error, Does.Contain(error));
        Assert.That(_content.Checked, Is.Empty);
    }

    [Test]
    public async Task A_result_of_an_older_configuration_is_not_taken_for_the_newer_one()
    {
        var (first, second) = (_content.Hold("/pending/aa"), _content.Hold("/pending/new"));
        Start();
        await WantedAsync(s_image, jobs: false);
        _device.Remove(VolumemgrTopics.VerifyImageConfig, s_digest);
        _device.Publish(VolumemgrTopics.VerifyImageConfig, s_image with { FileLocation = "/pending/new" });
        await _device.SettleAsync(jobs: false);
        first.SetResult(new(s_digest, "/verified", 1));
        await _device.SettleAsync(jobs: false);
        Assert.That(Status!.State, Is.EqualTo(SwState.Verifying));

        second.SetResult(new(s_wrong, "/staged", 1));
        await _device.SettleAsync();
        Assert.That(Status!.Error, Does.Contain(s_wrong));
    }

    [Test]
    public async Task A_file_that_moved_while_it_was_read_is_read_anew()
    {
        var first = _content.Hold("/pending/aa");
        Start();
        await WantedAsync(s_image, jobs: false);
        await WantedAsync(s_image with { FileLocation = "/pending/new" });
        first.TrySetResult(new(s_wrong, "/x", 1));
        await _device.SettleAsync();
        Assert.That((Status!.State, _content.Checked.Last()), Is.EqualTo((SwState.Verified, "/pending/new")));
    }

    [Test]
    public async Task A_reference_count_that_changes_meanwhile_starts_no_second_check()
    {
        var check = _content.Hold("/pending/aa");
        Start();
        await WantedAsync(s_image, jobs: false);
        await WantedAsync(s_image with { RefCount = 2, Expired = true }, jobs: false);
        Assert.That((Status!.RefCount, Status.Expired), Is.EqualTo((2u, true)));
        check.SetResult(new(s_digest, "/verified", 1));
        await _device.SettleAsync();
        Assert.That((_content.Checked.Count, Status!.State, Status.RefCount), Is.EqualTo((1, SwState.Verified, 2u)));
    }

    [Test]
    public async Task Downloaded_anew_while_it_was_expired_it_is_checked_anew()
    {
        _content.Digest = s_wrong;
        Start();
        await WantedAsync(s_image);
        await WantedAsync(s_image with { RefCount = 0, Expired = true });
        Assert.That(Status!.Error, Is.Not.Empty);
        _content.Digest = s_digest;
        await WantedAsync(s_image);
        Assert.That((Status!.State, Status.Error), Is.EqualTo((SwState.Verified, "")));
    }

    [Test]
    public async Task What_is_not_wanted_any_more_is_removed()
    {
        _content.Hold("/pending/aa");
        Start();
        await WantedAsync(s_image, jobs: false);
        _device.Remove(VolumemgrTopics.VerifyImageConfig, s_digest);
        await _device.SettleAsync();
        Assert.That((Status, _content.Deleted.Single()), Is.EqualTo(((VerifyImageStatus?)null, s_digest)));
    }

    [Test]
    public async Task Content_of_an_earlier_run_is_there_before_any_configuration_and_is_not_read()
    {
        _content.Found = [new(s_digest, "text/plain", "/verified/x", 5, Verified: true), new(s_wrong, "", "/checking/x", 5, Verified: false)];
        _content.Hold("/checking/x");
        Start();
        await _device.SettleAsync(jobs: false);
        Assert.That((Status!.State, Status.RefCount, Status.PendingAdd), Is.EqualTo((SwState.Verified, 0u, false)));
        Assert.That(_device.Read(VerifierTopics.VerifyImageStatus, s_wrong)!.PendingAdd);
        Assert.That(_device.IsReady(VerifierTopics.VerifyImageStatus));

        await WantedAsync(s_image, jobs: false);
        Assert.That((Status!.State, Status.RefCount, Status.FileLocation), Is.EqualTo((SwState.Verified, 1u, "/verified/x")));
        Assert.That(_content.Checked, Is.EqualTo(new[] { "/checking/x" }), "only the check that was cut short");
        Assert.That(_content.Deleted, Is.Empty);
    }

    sealed class FakeContent : IContentStore
    {
        readonly ConcurrentDictionary<string, TaskCompletionSource<ContentCheck>> _held = [];

        public string Digest { get; set; } = s_digest;
        public IReadOnlyList<FoundContent> Found { get; set; } = [];
        public ConcurrentQueue<string> Checked { get; } = [];
        public ConcurrentQueue<string> Deleted { get; } = [];

        public TaskCompletionSource<ContentCheck> Hold(string path) => _held[path] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public IReadOnlyList<FoundContent> Scan() => Found;

        public Task<ContentCheck> CheckAsync(VerifyImageConfig config, CancellationToken cancellationToken)
        {
            Checked.Enqueue(config.FileLocation);
            return _held.TryGetValue(config.FileLocation, out var held) ? held.Task.WaitAsync(cancellationToken) : Task.FromResult(new ContentCheck(Digest, "/verified", 1));
        }

        public void Delete(string sha256) => Deleted.Enqueue(sha256);
    }
}
