namespace Eve.Agents.Logmanager;

/// <summary>A compressed file that waits for its upload.</summary>
/// <param name="App">Whose it is; null: the device's.</param>
public sealed record WaitingLog(string Path, Guid? App);

/// <summary>The files below /persist/newlog. All of it may throw IOException: a log must not end a device.</summary>
public interface ILogFiles
{
    /// <summary>Makes the folders, and compresses what a former life left in them.</summary>
    void Begin();

    /// <summary>Adds lines to the stream's growing file.</summary>
    /// <param name="stream">Where they belong.</param>
    /// <param name="header">The first line of a new file: what it says of itself.</param>
    /// <param name="lines">Each one a JSON object.</param>
    /// <returns>The file's size.</returns>
    long Write(LogStream stream, string header, IEnumerable<string> lines);

    /// <summary>Compresses what the stream has collected; its next line begins a new file.</summary>
    /// <returns>Bytes of the compressed files.</returns>
    long Close(LogStream stream);

    /// <summary>Removes the oldest files beyond what logs may take.</summary>
    /// <returns>How many.</returns>
    int Trim(ConfigView config);

    /// <summary>How many files wait in one of the upload folders.</summary>
    int Waiting(string folder);

    /// <summary>The file that waits longest there; null: none.</summary>
    WaitingLog? Oldest(string folder);

    /// <summary>Its bytes.</summary>
    byte[] Read(WaitingLog log);

    /// <summary>The controller has it: a device's file goes, an app's is kept for a while.</summary>
    void Sent(WaitingLog log);

    /// <summary>The controller does not want it: it is laid aside.</summary>
    void LayAside(WaitingLog log);

    /// <summary>What the device runs: partition and version.</summary>
    (string Partition, string Version) Image { get; }
}
