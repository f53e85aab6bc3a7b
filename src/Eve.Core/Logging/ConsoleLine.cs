namespace Eve;

/// <summary>A line that a guest wrote to its console.</summary>
/// <param name="Time">When it was read.</param>
/// <param name="App">The app whose guest wrote it.</param>
/// <param name="DisplayName">The app's name.</param>
/// <param name="DisableLogs">The line stays on the device.</param>
/// <param name="Text">The line without its end, its control characters replaced.</param>
public sealed record ConsoleLine(DateTimeOffset Time, Guid App, string DisplayName, bool DisableLogs, string Text)
{
    /// <summary>From domainmgr to logmanager. While it is full some lines wait; more are dropped.</summary>
    public static readonly FeedTopic<ConsoleLine> Feed = new("console", 4096);
}
