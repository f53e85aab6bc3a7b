using System.Text;
using Eve.Platform;

namespace Eve;

/// <summary>The files in which one subscriber gets large fields. It removes each that it has read; those that it has not go with its connection.</summary>
internal sealed class LargeFiles(string folder) : IDisposable
{
    readonly string _folder = Path.Combine(folder, Guid.NewGuid().ToString("N"));

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Keep(byte[] content)
    {
        DurableFile.MakeFolder(_folder);
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, content);      // of no use after a power cut
        return path;
    }

    /// <summary>Reads a file that a publisher has written, and removes it.</summary>
    /// <returns>Null: it is not there, too large, or not where such files lie.</returns>
    public static byte[]? Take(string path, string folder)
    {
        var full = Path.GetFullPath(path);
        if (!full.StartsWith(Path.GetFullPath(folder) + "/", StringComparison.Ordinal) || new FileInfo(full) is not { Exists: true, Length: <= LargeFields.Largest })
            return null;
        var content = File.ReadAllBytes(full);
        File.Delete(full);
        return content;
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
