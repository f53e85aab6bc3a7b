using System.Text;
using Eve.Agents.Domainmgr;
using Eve.Topics;

namespace Eve.Tests.Domainmgr;

/// <summary>Things that the tests of domainmgr need again and again.</summary>
static class Make
{
    public static readonly Guid App = Guid.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301");
    public static readonly string Key = App.ToString();
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static DomainConfig Config(bool activate = true, uint restarts = 0) => new(
        new UUIDandVersion(App, "1"),
        "web",
        activate,
        activate,
        AppNum: 1,
        Memory: 192 * 1024,
        VCpus: 1,
        DiskConfigList: [new DiskConfig("vol#0", "/persist/vault/volumes/vol#0.qcow2", Format: ImageFormat.Qcow2, DisplayName: "boot", Target: DriveTarget.Disk)],
        VifList: [new VifConfig("bn1", "nbu1x1", MacAddress.Parse("02:16:3e:00:00:07"), 1500)],
        RestartCounter: restarts,
        CloudInitUserData: Convert.ToBase64String(Encoding.UTF8.GetBytes("#cloud-config\n")));

    public static DomainStatus Status(DomainConfig? config = null) => DomainStatuses.Mark(DomainStatuses.Starting(config ?? Config(), new()), Noon);

    public static Guest Guest(GuestState state = GuestState.Alive, int process = 4711) => new(App, state, state == GuestState.Alive ? process : 0, Status());

    public static Moment At(double seconds) => new(Noon.AddSeconds(seconds), TimeSpan.FromSeconds(seconds), TimeSpan.FromMinutes(10), new());
}
