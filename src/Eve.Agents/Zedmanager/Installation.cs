using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>The volumes of an application: first all content is wanted, then the volumes from it (applications.md 6.3; walk-app.md 2, 13).</summary>
internal static class Installation
{
    /// <summary>The problem is null once every volume is there.</summary>
    public static (App App, AppProblem? Problem) Next(App app, Facts facts)
    {
        var wanted = app.Accepted!.VolumeRefConfigList;
        ValueList<VolumeRefConfig> asked = [.. wanted.Select(w => Ask(w, app.Volumes.FirstOrDefault(v => v.Key == w.Key), facts.Volume(w.Key)))];
        ValueList<VolumeRefStatus> seen = [.. wanted.Select(w => facts.Volume(w.Key) ?? NotAsked(w))];
        // Without any there is nothing to wait for: what is wrong with that shows when it is to boot.
        var least = seen.Count == 0 ? SwState.CreatedVolume : seen.Min(s => s.State == default ? SwState.Initial : s.State);
        var next = app with
        {
            Volumes = asked,
            Status = app.Status with { VolumeRefStatusList = seen, State = app.Status.State >= SwState.Booting && app.Domain is not null ? app.Status.State : least },
        };
        var problem = AppErrors.OfVolumes(seen);
        return (next, problem ?? (least >= SwState.CreatedVolume ? null : Waiting));
    }

    /// <summary>Not a problem to show: the volumes are on their way.</summary>
    public static readonly AppProblem Waiting = new("", "");

    // Once the volume itself is wanted, that is never taken back.
    static VolumeRefConfig Ask(VolumeRefConfig wanted, VolumeRefConfig? asked, VolumeRefStatus? status) =>
        wanted with { VerifyOnly = asked is null or { VerifyOnly: true } && status is not { State: >= SwState.Loaded, Error: "" } };

    static VolumeRefStatus NotAsked(VolumeRefConfig wanted) => new(
        wanted.VolumeID, wanted.GenerationCounter, wanted.LocalGenerationCounter, wanted.AppUUID, SwState.Initial, PendingAdd: true, VerifyOnly: true);
}
