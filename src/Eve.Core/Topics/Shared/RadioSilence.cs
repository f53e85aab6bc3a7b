namespace Eve.Topics;

public sealed record RadioSilence(
    bool Imposed = false,
    bool ChangeInProgress = false,
    GoTime ChangeRequestedAt = default,
    string ConfigError = "");
