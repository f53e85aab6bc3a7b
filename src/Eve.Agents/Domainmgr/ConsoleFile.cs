using System.Globalization;
using System.Text;

namespace Eve.Agents.Domainmgr;

/// <summary>
/// A guest's console. The emulator appends to the file as long as the guest lives, with or without us; we read it, and cut it to nothing when it has
/// grown beyond the limit. So a guest that floods its console costs the device the limit, and what it writes between two looks.
/// </summary>
internal sealed class ConsoleFile(string path)
{
    /// <summary>A larger file is cut.</summary>
    public const long Limit = 1024 * 1024;

    const int MostAtOnce = 64 * 1024;
    const int LongestLine = 8 * 1024;

    // Where we were, for a restarted device: so no line is logged twice.
    readonly string _place = path + ".read";
    long _position = -1;

    /// <summary>What is new.</summary>
    public ConsoleText Read()
    {
        using var file = Open();
        if (file is null)
            return ConsoleText.Nothing;
        if (_position < 0)
            _position = Resume();
        if (_position > file.Length)
            _position = 0;          // begun anew
        var dropped = Skip(file.Length);
        var buffer = new byte[MostAtOnce];
        file.Position = _position;
        var text = buffer.AsSpan(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        text = text[..WholeLines(text)];
        if (text.IsEmpty && dropped == 0)
            return ConsoleText.Nothing;
        _position += text.Length;
        Cut(file);
        File.WriteAllText(_place, _position.ToString(CultureInfo.InvariantCulture));
        return new ConsoleText(Lines(text), dropped);
    }

    public void Delete()
    {
        File.Delete(path);
        File.Delete(_place);
    }

    FileStream? Open()
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    long Resume() => File.Exists(_place) && long.TryParse(File.ReadAllText(_place), CultureInfo.InvariantCulture, out var position) ? Math.Max(0, position) : 0;

    // Of a flood only the last part is read: the rest would come too late anyway.
    long Skip(long length)
    {
        var behind = length - _position;
        if (behind <= Limit)
            return 0;
        _position = length - MostAtOnce;
        return behind - MostAtOnce;
    }

    // The emulator appends: it goes on at the new end.
    void Cut(FileStream file)
    {
        if (file.Length <= Limit || _position < file.Length - MostAtOnce)
            return;
        file.SetLength(0);
        _position = 0;
    }

    static int WholeLines(ReadOnlySpan<byte> text)
    {
        var end = text.LastIndexOf((byte)'\n') + 1;
        return end == 0 && text.Length >= LongestLine ? text.Length : end;
    }

    static List<string> Lines(ReadOnlySpan<byte> text)
    {
        var lines = new List<string>();
        foreach (var line in Encoding.UTF8.GetString(text).Split('\n'))
        {
            var clean = string.Concat(line.TrimEnd('\r').Take(LongestLine).Select(c => char.IsControl(c) && c != '\t' ? '?' : c));
            if (clean.Length > 0)
                lines.Add(clean);
        }
        return lines;
    }
}
