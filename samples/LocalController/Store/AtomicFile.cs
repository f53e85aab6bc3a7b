using System.Text;

namespace Eve.Samples.Controller.Store;

/// <summary>Writes a file so that a reader sees the old one or the new one, never half of it.</summary>
static class AtomicFile
{
    public static void Write(string path, string text, bool secret = false) => Write(path, Encoding.UTF8.GetBytes(text), secret);

    public static void Write(string path, ReadOnlySpan<byte> content, bool secret = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var pending = path + ".tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(pending, options))
            stream.Write(content);
        File.Move(pending, path, overwrite: true);
    }
}
