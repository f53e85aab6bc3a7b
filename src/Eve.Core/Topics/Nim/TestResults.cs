namespace Eve.Topics;

public sealed record TestResults(
    GoTime LastFailed = default,
    GoTime LastSucceeded = default,
    string LastError = "",
    string LastWarning = "");
