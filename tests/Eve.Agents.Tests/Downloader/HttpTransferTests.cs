using System.Net;
using System.Security.Cryptography;
using System.Text;
using Eve.Agents.Downloader;
using Eve.Agents.Shared;
using Eve.Tests.Platform;
using Eve.Tests.Shared.Controller;
using Eve.Topics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Downloader;

/// <summary>Over real sockets on loopback: what is on the disk is never loaded twice, and no part is taken for the whole.</summary>
public class HttpTransferTests
{
    static readonly ManagementPort s_port = new("lo", "lo", 0, [IPAddress.Loopback], []);

    TemporaryFolder _folder = null!;
    FakeTimeProvider _time = null!;
    Datastore _store = null!;
    string _target = null!;

    [SetUp]
    public void SetUp()
    {
        (_folder, _time, _store) = (new(), new(TimeProvider.System.GetUtcNow()), new());
        _store.Content = RandomNumberGenerator.GetBytes(300_000);
        _target = Path.Combine(Paths.Vault, "downloader", "pending", "one.sha");
        Directory.CreateDirectory(Paths.Vault);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    EvePaths Paths => new(_folder.Root);

    HttpTransfer NewTransfer() => new(Paths, _time, new PortHttp(Paths, _time, NullLoggerFactory.Instance));

    TransferPlan Plan(ulong most = 0, double stalled = 3600) =>
        new([new Source(new Uri(_store.Url + "/images/one"))], _target, most, [s_port], TimeSpan.FromSeconds(stalled));

    async Task<TransferResult> LoadAsync(TransferPlan? plan = null, HttpTransfer? transfer = null, double step = 1, CancellationToken cancellationToken = default)
    {
        var load = (transfer ?? NewTransfer()).DownloadAsync(plan ?? Plan(), new Progress<TransferProgress>(), cancellationToken);
        while (await Task.WhenAny(load, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None)) != load)
            _time.Advance(TimeSpan.FromSeconds(step));
        return await load;
    }

    void IsWhole(TransferResult result)
    {
        Assert.That(result.Error, Is.Null);
        Assert.That(File.ReadAllBytes(_target), Is.EqualTo(_store.Content));
        Assert.That((result.Size, File.Exists(_target + ".progress")), Is.EqualTo(((long)_store.Content.Length, false)));
    }

    [Test]
    public async Task A_file_is_loaded_once_and_not_again()
    {
        var result = await LoadAsync();
        IsWhole(result);
        Assert.That((result.ContentType, result.Attempts.Count, result.Attempts[0].IfName, result.Attempts[0].ReceivedBytes), Is.EqualTo(("text/plain", 1, "lo", (long)_store.Content.Length)));

        IsWhole(await LoadAsync());
        Assert.That((_store.Requests.Count, _store.Served), Is.EqualTo((1, (long)_store.Content.Length)));
    }

    [Test]
    public async Task A_cut_connection_goes_on_at_its_last_byte()
    {
        _store.Cuts.Enqueue(100_000);
        _store.Cuts.Enqueue(50_000);
        IsWhole(await LoadAsync());
        Assert.That(_store.Requests.Select(r => r.From), Is.EqualTo(new long[] { 0, 100_000, 150_000 }));
        Assert.That((_store.Requests.Last().IfRange, _store.Served), Is.EqualTo(("\"one\"", (long)_store.Content.Length)));
    }

    [Test]
    public async Task Another_process_goes_on_where_a_killed_one_was()
    {
        _store.Cuts.Enqueue(100_000);
        _store.Stalls = true;
        using var kill = new CancellationTokenSource();
        var load = NewTransfer().DownloadAsync(Plan(), new Progress<TransferProgress>(), kill.Token);
        await Eventually.Async(() => File.Exists(_target) && new FileInfo(_target).Length == 100_000);
        await kill.CancelAsync();
        Assert.That(async () => await load, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(_target + ".progress"), "a part is never taken for the whole");

        _store.Stalls = false;
        IsWhole(await LoadAsync());
        Assert.That(_store.Served, Is.EqualTo(_store.Content.Length));
    }

    [Test]
    public async Task Killed_between_its_last_byte_and_its_end_it_asks_nobody()
    {
        await LoadAsync();
        File.WriteAllText(_target + ".progress",
            $$"""{"Url":"{{_store.Url}}/images/one","Validator":"\"one\"","Total":300000,"Safe":0,"Boot":"{{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}}"}""");
        IsWhole(await LoadAsync());
        Assert.That(_store.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task After_another_boot_only_what_was_synced_counts()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
        File.WriteAllBytes(_target, [.. _store.Content.AsSpan(0, 100_000), .. new byte[50_000]]);
        File.WriteAllText(_target + ".progress", $$"""{"Url":"{{_store.Url}}/images/one","Validator":"\"one\"","Total":300000,"Safe":100000,"Boot":"another"}""");
        IsWhole(await LoadAsync());
        Assert.That(_store.Requests.Single().From, Is.EqualTo(100_000));
    }

    [Test]
    public async Task An_object_that_changed_begins_anew()
    {
        _store.Cuts.Enqueue(100_000);
        _store.Cuts.Enqueue(0);
        _store.Stalls = true;
        Assert.That((await LoadAsync(Plan(stalled: 5))).Error, Does.Contain("nothing came for 5 s after 100000 bytes"));

        (_store.Stalls, _store.Content, _store.Tag) = (false, RandomNumberGenerator.GetBytes(200_000), "\"two\"");
        IsWhole(await LoadAsync());
    }

    [Test]
    public async Task A_part_that_begins_elsewhere_is_not_pasted_in()
    {
        _store.Cuts.Enqueue(100_000);
        _store.Shift = 7;
        IsWhole(await LoadAsync());
        Assert.That(_store.Requests.Select(r => r.From), Is.EqualTo(new long[] { 0, 100_000, 0 }));
    }

    [Test]
    public async Task Without_a_validator_it_begins_anew()
    {
        _store.Tag = null;
        _store.Cuts.Enqueue(100_000);
        IsWhole(await LoadAsync());
        Assert.That(_store.Requests.Select(r => r.From), Is.EqualTo(new long[] { 0, 0 }));
    }

    [Test]
    public async Task What_is_not_there_is_an_error_that_names_it()
    {
        _store.Status = 404;
        var result = await LoadAsync();
        Assert.That(result.Error, Does.Contain("/images/one answers 404").And.Contain("check the datastore's path"));
        Assert.That((File.Exists(_target), _store.Requests.Count, result.Attempts[0].Status), Is.EqualTo((false, 1, SenderStatus.Failed)));
    }

    [Test]
    public async Task What_is_too_large_is_refused_before_a_byte_is_kept()
    {
        Assert.That((await LoadAsync(Plan(most: 1000))).Error, Does.Contain("300000 bytes, more than the 1000"));
        Assert.That(File.Exists(_target), Is.False);
    }

    [Test]
    public async Task A_second_place_is_tried_when_the_first_fails()
    {
        await using var other = new Datastore { Content = _store.Content };
        _store.Status = 503;
        var plan = Plan() with { Sources = [new Source(null, Error: "The datastore X is of type DsSFTP."), .. Plan().Sources, new Source(new Uri(other.Url + "/two"), "Bearer secret")] };
        IsWhole(await LoadAsync(plan));
        Assert.That(other.Requests.Single().Authorization, Is.EqualTo("Bearer secret"));

        other.Status = 500;
        NewTransfer().Delete(_target);
        Assert.That((await LoadAsync(plan)).Error, Does.Contain("DsSFTP").And.Contain("503").And.Contain("500"));
    }

    [Test]
    public async Task A_datastore_is_believed_by_its_own_roots_and_an_unreadable_one_is_named()
    {
        var root = Pki.Root("datastore");
        await using var tls = new TlsServer(Pki.Issue(root, "server", host: "127.0.0.1"), _ => new(200, _store.Content));
        TransferPlan Trusting(params string[] roots) => Plan() with
        {
            Sources = [new Source(new Uri($"https://{tls.Name}/one"), Roots: [.. roots.Select(r => new Bytes(Encoding.ASCII.GetBytes(r)))])],
        };

        var refused = await LoadAsync(Trusting("garbage"));
        Assert.That(refused.Error, Does.Contain("certificates of the datastore of 127.0.0.1, number 1 (it has no PEM certificate)").And.Contain("dsCertPEM"));
        Assert.That((await LoadAsync(Trusting())).Error, Does.Contain("dsCertPEM").And.Not.Contain("cannot be read"));
        IsWhole(await LoadAsync(Trusting("garbage", root.Pem)));
    }

    [Test]
    public async Task Without_a_port_nothing_is_tried()
    {
        Assert.That((await LoadAsync(Plan() with { Ports = [], NoPort = "No port." })).Error, Is.EqualTo("No port."));
        Assert.That(_store.Requests, Is.Empty);
    }

    [Test]
    public async Task A_refused_connection_is_an_error()
    {
        await _store.DisposeAsync();
        Assert.That((await LoadAsync()).Error, Does.Contain("by lo: the connection is refused"));
        _store = new();
    }

    [Test]
    public void A_sweep_removes_what_nobody_names()
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(_target)!).FullName;
        foreach (var name in new[] { "one.sha", "one.sha.progress", "two.sha", "two.sha.progress", "tmp1" })
            File.WriteAllText(Path.Combine(folder, name), "");
        NewTransfer().Sweep(new HashSet<string> { _target });
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "one.sha", "one.sha.progress", "tmp1" }));
        _time.Advance(TimeSpan.FromMinutes(6));
        NewTransfer().Sweep(new HashSet<string>());
        Assert.That(Directory.GetFiles(folder), Is.Empty);
    }
}
