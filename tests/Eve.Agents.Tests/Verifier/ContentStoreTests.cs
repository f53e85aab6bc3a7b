using System.Security.Cryptography;
using Eve.Agents.Verifier;
using Eve.Tests.Platform;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Verifier;

/// <summary>On a real folder.</summary>
public class ContentStoreTests
{
    TemporaryFolder _folder = null!;
    ContentStore _store = null!;
    byte[] _bytes = null!;
    string _digest = null!, _pending = null!, _verified = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new();
        var paths = new EvePaths(_folder.Root);
        _store = new(paths);
        _store.Scan();
        _bytes = RandomNumberGenerator.GetBytes(3_000_001);
        _digest = Convert.ToHexStringLower(SHA256.HashData(_bytes));
        _pending = _folder.Path("pending");
        _verified = Path.Combine(paths.Vault, "verifier", "verified", _digest + ".application%2Fx");
        File.WriteAllBytes(_pending, _bytes);
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    Task<ContentCheck> CheckAsync(string? digest = null, CancellationToken cancellationToken = default) =>
        _store.CheckAsync(new VerifyImageConfig(digest ?? _digest, "one", "application/x", _pending), cancellationToken);

    [Test]
    public async Task Good_content_moves_to_the_verified_and_is_found_there_without_being_read()
    {
        Assert.That(await CheckAsync(), Is.EqualTo(new ContentCheck(_digest, _verified, _bytes.Length)));
        Assert.That(File.Exists(_pending), Is.False);
        Assert.That(_store.Scan(), Is.EqualTo(new[] { new FoundContent(_digest, "application/x", _verified, _bytes.Length, Verified: true) }));
    }

    [Test]
    public async Task Bad_content_does_not_become_verified()
    {
        var other = new string('b', 64);
        var check = await CheckAsync(other);
        Assert.That((check.Sha256, check.Error), Is.EqualTo((_digest, (string?)null)));
        Assert.That(_store.Scan().Single(), Has.Property("Verified").EqualTo(false).And.Property("Sha256").EqualTo(other));
        _store.Delete(other);
        Assert.That(_store.Scan(), Is.Empty);
    }

    [Test]
    public async Task A_verified_file_that_changed_is_checked_again()
    {
        await CheckAsync();
        File.SetUnixFileMode(_verified, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(_verified, [.. _bytes.Reverse()]);
        var found = _store.Scan().Single();
        Assert.That(found.Verified, Is.False);
        var check = await _store.CheckAsync(Verification.Again(found), default);
        Assert.That((check.Sha256 == _digest, File.Exists(_verified)), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_check_that_was_cut_short_is_done_by_the_next_life()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.That(async () => await CheckAsync(cancellationToken: stop.Token), Throws.InstanceOf<OperationCanceledException>());
        var found = _store.Scan().Single();
        Assert.That(found.Verified, Is.False);
        Assert.That((await _store.CheckAsync(Verification.Again(found), default)).Path, Is.EqualTo(_verified));
    }

    [Test]
    public async Task A_missing_file_is_an_error()
    {
        File.Delete(_pending);
        Assert.That((await CheckAsync()).Error, Does.Contain("one").And.Contain(_pending));
    }

    [Test]
    public void What_is_named_like_nothing_of_ours_is_removed()
    {
        var folder = Path.GetDirectoryName(_verified)!;
        File.WriteAllText(Path.Combine(folder, "tmp0"), "");
        File.WriteAllText(Path.Combine(folder, new string('Z', 64) + ".x"), "");
        File.WriteAllText(Path.Combine(folder, new string('a', 64) + ".x.seen"), "");
        Assert.That(_store.Scan(), Is.Empty);
        Assert.That(Directory.GetFiles(folder), Is.Empty);
    }

    [Test]
    public async Task Files_of_all_sizes_hash_right_also_several_at_once()
    {
        var sizes = new[] { 0, 1, 1 << 20, (1 << 20) + 1, 5_000_000 };
        foreach (var size in sizes)
            File.WriteAllBytes(_folder.Path(size + ".bin"), RandomNumberGenerator.GetBytes(size));
        var hashed = await Task.WhenAll(sizes.Concat(sizes).Select(s => Sha256File.HashAsync(_folder.Path(s + ".bin"), default)));
        Assert.That(hashed, Is.EqualTo(sizes.Concat(sizes).Select(s => (Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder.Path(s + ".bin")))), (long)s))));
    }
}
