using Eve.Agents.Volumemgr;
using Eve.Topics;

namespace Eve.Tests.Volumemgr;

/// <summary>The content, volume and app that the tests of volumemgr are about.</summary>
internal static class Things
{
    public const long Megabyte = 1 << 20;

    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    public static readonly EvePaths Paths = new("/device");
    public static readonly string Sha = new('a', 64);
    public static readonly Guid Datastore = Guid.Parse("d0000000-0000-0000-0000-000000000001");
    public static readonly Guid Tree = Guid.Parse("c0000000-0000-0000-0000-000000000001");
    public static readonly Guid Volume = Guid.Parse("f0000000-0000-0000-0000-000000000001");
    public static readonly Guid App = Guid.Parse("a0000000-0000-0000-0000-000000000001");

    public static string VolumeKey => $"{Volume}#0";
    public static string RefKey => $"{Volume}#0#{App}";

    public static readonly DatastoreConfig Store = new(Datastore, "DsHttps", "store.example");

    public static readonly ContentTreeConfig TreeConfig = new(
        Tree, [Datastore], "images/app.qcow2", ImageFormat.Qcow2, Sha, 20 * (ulong)Megabyte, DisplayName: "app image", IsLocal: true);

    public static readonly VolumeConfig DiskVolume = new(
        Volume, Tree, VolumeContentOriginType.Download, 100 * (ulong)Megabyte, Encrypted: true, DisplayName: "disk");

    public static readonly VolumeRefConfig Ref = new(Volume, AppUUID: App, VerifyOnly: true);

    public static readonly BlobSource Source = new([Datastore], "images/app.qcow2", 20 * (ulong)Megabyte);

    public static readonly BlobNeed Need = new(Sha, 1, [Source]);

    public static string VolumePath => $"/device/persist/vault/volumes/{VolumeKey}.qcow2";
}
