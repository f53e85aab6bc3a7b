using System.Globalization;
using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>What is published of a domain in each of its states.</summary>
internal static class DomainStatuses
{
    const int LongestVersion = 32;

    /// <summary>A domain that was never started.</summary>
    public static DomainStatus Created(DomainConfig config) => new(config.UUIDandVersion, config.DisplayName, SwState.Installed, AppNum: config.AppNum)
    {
        PurgeCounter = config.PurgeCounter,
        RestartCounter = config.RestartCounter,
        DisableLogs = config.DisableLogs,
        DomainName = Name(config),
    };

    /// <summary>An app of which it cannot be learned whether it has a guest. The same reason keeps its time.</summary>
    public static DomainStatus Unknown(AppInstanceConfig app, string why, DomainStatus? former, DateTimeOffset now)
    {
        var text = $"app {app.DisplayName}: it cannot be seen whether its guest runs: {why}";
        return new DomainStatus(app.UUIDandVersion, app.DisplayName).With(
            new ErrorDescription(text, former?.Error == text ? former.ErrorTime : now, ErrorSeverity.Error));
    }

    /// <summary>A start under way: everything is built anew from the configuration.</summary>
    public static DomainStatus Starting(DomainConfig config, DomainStatus former) => Created(config).With(config.ToVmConfig()) with
    {
        PendingAdd = true,
        TriedCount = former.TriedCount + 1,
        Service = config.Service,
        DeploymentType = config.DeploymentType,
        DiskStatusList = [.. config.DiskConfigList.Select(Disk)],
        VifList = [.. config.VifList.Select(vif => new VifInfo(VifUsed: vif.Vif).With(vif))],
    };

    /// <summary>What is stored with the guest: how it will look once it runs.</summary>
    public static DomainStatus Mark(DomainStatus starting, DateTimeOffset now) =>
        starting with { State = SwState.Running, Activated = true, PendingAdd = false, BootTime = now };

    /// <summary>A guest that was found, by its mark; without one, by its app alone.</summary>
    public static DomainStatus Adopted(Guest guest) => (guest.Mark ?? new DomainStatus(new UUIDandVersion(guest.App))) with
    {
        DomainId = guest.ProcessId, State = SwState.Running, Activated = true,
    };

    public static DomainStatus Running(DomainStatus status, Guest guest, Moment moment) => Clear(status) with
    {
        State = SwState.Running,
        Activated = true,
        PendingAdd = false,
        BootTime = status.DomainId == guest.ProcessId ? status.BootTime : moment.Now,
        DomainId = guest.ProcessId,
    };

    /// <summary>What may change while the guest runs on.</summary>
    public static DomainStatus Named(DomainStatus status, DomainConfig config) =>
        status with { UUIDandVersion = config.UUIDandVersion, DisplayName = config.DisplayName, DisableLogs = config.DisableLogs };

    public static DomainStatus Halting(DomainStatus status, Wish wish) =>
        status with { State = SwState.Halting, PendingAdd = false, PendingModify = wish == Wish.Stop, PendingDelete = wish == Wish.Remove };

    public static DomainStatus Halted(DomainStatus status) => Clear(status) with
    {
        State = status.TriedCount == 0 && status.State == SwState.Installed ? SwState.Installed : SwState.Halted,
        Activated = false,
        DomainId = 0,
        TriedCount = 0,
        PendingAdd = false,
        PendingModify = false,
        IoAdapterList = default,
    };

    /// <summary>A guest that ended although it was wanted.</summary>
    public static DomainStatus Died(DomainStatus status, Guest? guest, Moment moment)
    {
        var crashed = guest is { State: GuestState.Crashed };
        var what = crashed ? "its guest has crashed or its emulator was ended" : "its guest has switched itself off";
        var error = new ErrorDescription($"app {status.DisplayName}: {what}: will retry in {Go(moment.BootRetry)}", moment.Now, ErrorSeverity.Warning);
        return Halted(status).With(error) with { State = crashed ? SwState.Broken : SwState.Halted, BootFailed = true, TriedCount = status.TriedCount };
    }

    /// <summary>A guest that even force did not end.</summary>
    public static DomainStatus StuckAlive(DomainStatus status, Failure? failure, Moment moment)
    {
        var why = failure is null ? "it is still there" : failure.Text;
        var again = $"will try again in {Go(moment.Options.LookInterval)}";
        return status.With(new ErrorDescription($"app {status.DisplayName}: failed to halt/destroy: {why}: {again}", moment.Now, ErrorSeverity.Error));
    }

    public static DomainStatus NotStarted(DomainStatus status, Failure failure, TimeSpan pause, Moment moment)
    {
        var again = failure.Kind == FailureKind.Refused ? "" : $": will retry in {Go(pause)}";
        var severity = failure.Kind == FailureKind.Guest ? ErrorSeverity.Warning : ErrorSeverity.Error;
        return status.With(new ErrorDescription(failure.Text + again, moment.Now, severity)) with
        {
            State = failure.Kind == FailureKind.Guest ? SwState.Broken : SwState.Installed,
            PendingAdd = false,
            BootFailed = failure.Kind == FailureKind.Guest,
            ConfigFailed = failure.Kind == FailureKind.Preparation,
        };
    }

    /// <summary>UUID.version.number, of characters that a file's name can hold.</summary>
    static string Name(DomainConfig config)
    {
        var version = string.Concat(config.UUIDandVersion.Version.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(LongestVersion));
        return string.Create(CultureInfo.InvariantCulture, $"{config.UUIDandVersion.UUID}.{version}.{config.AppNum}");
    }

    static DiskStatus Disk(DiskConfig disk, int index) => new(
        disk.VolumeKey,
        disk.ReadOnly,
        disk.FileLocation,
        disk.Format,
        disk.MountDir,
        disk.DisplayName,
        Devtype: disk.Format == ImageFormat.Iso ? "cdrom" : "hdd",
        Vdev: "xvd" + (char)('a' + index),
        disk.WWN,
        disk.CustomMeta);

    static DomainStatus Clear(DomainStatus status) => status.With(ErrorDescription.None) with { BootFailed = false, ConfigFailed = false, AdaptersFailed = false };

    /// <summary>A span as EVE writes it: 10m0s.</summary>
    internal static string Go(TimeSpan span) => span switch
    {
        { TotalHours: >= 1 } => $"{(long)span.TotalHours}h{span.Minutes}m{span.Seconds}s",
        { TotalMinutes: >= 1 } => $"{span.Minutes}m{span.Seconds}s",
        _ => $"{span.Seconds}s",
    };
}
