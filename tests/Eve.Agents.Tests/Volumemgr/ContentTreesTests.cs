using Eve.Agents.Volumemgr;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Volumemgr.Things;

namespace Eve.Tests.Volumemgr;

public sealed class ContentTreesTests
{
    static ContentTreeStatus Next(BlobStatus? blob, ContentTreeStatus? was = null, ContentTreeConfig? config = null, DatastoreConfig? store = null) =>
        ContentTrees.Next(config ?? TreeConfig, was, blob, [store ?? Store], Now);

    [TestCase(SwState.Initial, SwState.Initial)]
    [TestCase(SwState.Downloading, SwState.Downloading)]
    [TestCase(SwState.Verifying, SwState.Downloading)]
    [TestCase(SwState.Verified, SwState.Loading)]
    [TestCase(SwState.Loading, SwState.Loading)]
    [TestCase(SwState.Loaded, SwState.Loaded)]
    public void A_tree_shows_neither_downloaded_nor_verifying(SwState blob, SwState tree) =>
        Assert.That(Next(new BlobStatus(Sha256: Sha, State: blob)).State, Is.EqualTo(tree));

    [Test]
    public void A_tree_has_its_blobs_sizes_and_its_time_of_loading_once()
    {
        var loading = Next(new BlobStatus(Sha256: Sha, State: SwState.Downloading, TotalSize: 13, CurrentSize: 6, Progress: 46, Path: "/x"));
        Assert.That(loading, Has.Property("TotalSize").EqualTo(13).And.Property("Progress").EqualTo(46).And.Property("FileLocation").EqualTo("/x"));
        Assert.That(loading.Blobs, Is.EqualTo(new[] { Sha }));
        var loaded = Next(new BlobStatus(Sha256: Sha, State: SwState.Loaded), loading);
        Assert.That(loaded.CreateTime, Is.EqualTo((GoTime)Now));
        Assert.That(ContentTrees.Next(TreeConfig, loaded, new BlobStatus(Sha256: Sha, State: SwState.Loaded), [Store], Now.AddHours(1)), Is.EqualTo(loaded));
    }

    [Test]
    public void An_error_goes_up_with_its_time_severity_and_the_blob_as_its_entity()
    {
        var blob = new BlobStatus(Sha256: Sha, State: SwState.Downloading).With(new ErrorDescription("404", Now.AddHours(-1), ErrorSeverity.Warning, "Retrying"));
        var tree = Next(blob);
        Assert.That(tree, Has.Property("Error").EqualTo("images/app.qcow2: 404").And.Property("ErrorSourceType").EqualTo("BlobStatus").And.Property("ErrorSeverity").EqualTo(ErrorSeverity.Warning)
            .And.Property("ErrorRetryCondition").EqualTo("Retrying").And.Property("ErrorTime").EqualTo((GoTime)Now.AddHours(-1)));
        Assert.That(tree.ErrorEntities, Is.EqualTo(new[] { new ErrorEntity(ErrorEntityType.ContentBlob, Sha) }));
    }

    [TestCase("", "SHA-256 is ''")]
    [TestCase("../../etc/passwd", "SHA-256 is '../../etc/passwd'")]
    public void A_digest_that_is_none_is_refused_by_name(string sha256, string text)
    {
        var config = TreeConfig with { ContentSha256 = sha256 };
        Assert.That(Next(null, config: config), Has.Property("Error").Contains(text).And.Property("Error").Contains($"app image ({Tree})").And.Property("State").EqualTo(SwState.Initial));
        Assert.That(ContentTrees.Needs([config], _ => [Store], _ => false), Is.Empty);
    }

    [Test]
    public void What_is_not_built_yet_is_refused()
    {
        Assert.That(Next(null, config: TreeConfig with { Format = ImageFormat.Container }).Error, Does.Contain("containers are not built yet"));
        Assert.That(Next(null, store: Store with { DsType = "DsContainerRegistry" }).Error, Does.Contain("registries are not built yet"));
        Assert.That(ContentTrees.Next(TreeConfig with { DatastoreIDList = [] }, null, null, [], Now).Error, Does.Contain("names no datastore"));
    }

    [Test]
    public void Trees_that_share_content_need_it_once_and_the_digests_case_does_not_matter()
    {
        var other = TreeConfig with { ContentID = Guid.Parse("c0000000-0000-0000-0000-000000000002"), ContentSha256 = Sha.ToUpperInvariant() };
        var needs = ContentTrees.Needs([other, TreeConfig], _ => [Store], tree => tree.ContentID == other.ContentID);
        Assert.That(needs.Keys, Is.EqualTo(new[] { Sha }));
        Assert.That(needs[Sha], Is.EqualTo(Need with { RefCount = 2, Touched = true }));
    }

    [Test]
    public void A_tree_waits_for_its_datastores_without_an_error()
    {
        Assert.That(ContentTrees.Needs([TreeConfig], _ => [null], _ => false)[Sha].Sources, Is.Empty);
        Assert.That(ContentTrees.Next(TreeConfig, null, null, [null], Now), Has.Property("Error").Empty.And.Property("AllDatastoresResolved").False);
    }
}
