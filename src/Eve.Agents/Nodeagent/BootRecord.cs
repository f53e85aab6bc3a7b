using System.Globalization;
using System.Text;
using Eve.Platform;
using Eve.Topics;

namespace Eve.Agents.Nodeagent;

/// <summary>What the disk knows of the last end and of this start.</summary>
/// <param name="Time">When the reason was written.</param>
/// <param name="RestartCounter">How many starts there were before this one.</param>
public sealed record BootFacts(
    string Reason = "", BootReason BootReason = BootReason.None, string Stack = "", string Image = "", DateTimeOffset? Time = null,
    bool FirstBoot = false, string Partition = "IMGA", uint RestartCounter = 0);

/// <summary>Why the device ended, kept over its next start (device-agents.md 2.4, reason files).</summary>
public interface IBootRecord
{
    /// <summary>What was stored; the files are removed and the restart counter moves on. In one process always the same.</summary>
    BootFacts Take();

    /// <summary>Stores why the device is about to end. The first boot reason stays, further texts are added.</summary>
    void Store(string reason, BootReason bootReason);
}

/// <summary>The files below /persist.</summary>
public sealed class BootRecord : IBootRecord
{
    const int LongestText = 16 * 1024;
    const int LongestStack = 512 * 1024;

    readonly EvePaths _paths;
    readonly IFiles _files;
    readonly Lazy<BootFacts> _facts;

    /// <summary>Reads nothing yet.</summary>
    public BootRecord(EvePaths paths, IFiles files)
    {
        (_paths, _files) = (paths, files);
        _facts = new(TakeOnce);
    }

    /// <inheritdoc />
    public BootFacts Take() => _facts.Value;

    /// <inheritdoc />
    public void Store(string reason, BootReason bootReason)
    {
        var former = _files.Exists(In("boot-reason")) ? Read(In("reboot-reason"), LongestText) : "";
        _files.Replace(In("reboot-reason"), Encoding.UTF8.GetBytes(former.Length > 0 ? former + "\n" + reason : reason));
        if (!_files.Exists(In("boot-reason")))
            _files.Replace(In("boot-reason"), Encoding.ASCII.GetBytes("BootReason" + bootReason));
    }

    BootFacts TakeOnce()
    {
        var counter = Path.Combine(_paths.Status, "restartcounter");
        var firstBoot = Path.Combine(_paths.Run, "global", "first-boot");
        var time = _files.Stamp(In("reboot-reason")) is { } stamp ? new DateTimeOffset(stamp.Written) : (DateTimeOffset?)null;
        var starts = uint.TryParse(Read(counter, LongestText), CultureInfo.InvariantCulture, out var before) ? before : 0;
        var facts = new BootFacts(
            Read(In("reboot-reason"), LongestText), Parse(Read(In("boot-reason"), LongestText)), Read(In("reboot-stack"), LongestStack),
            Read(In("reboot-image"), LongestText), time, _files.Exists(firstBoot), RestartCounter: starts);
        _files.Replace(counter, Encoding.ASCII.GetBytes((starts + 1).ToString(CultureInfo.InvariantCulture)));
        foreach (var file in new[] { In("reboot-reason"), In("boot-reason"), In("reboot-stack"), In("reboot-image"), firstBoot })
            _files.Delete(file);
        return facts;
    }

    static BootReason Parse(string text) => Enum.TryParse<BootReason>(text.StartsWith("BootReason", StringComparison.Ordinal) ? text[10..] : text, ignoreCase: true, out var reason) ? reason : BootReason.None;

    string Read(string file, int most)
    {
        return _files.Read(file) is { } content ? Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, most))).Trim() : "";
    }

    string In(string name) => Path.Combine(_paths.Persist, name);
}
