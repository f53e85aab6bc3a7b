using System.Text;

namespace Eve.Platform;

/// <summary>Keeps what a program writes, up to a limit. A cut text would be misread, so exceeding the limit ends the program instead.</summary>
internal sealed class Capture(int limit, Action exceed)
{
    readonly MemoryStream _kept = new();
    readonly Lock _lock = new();

    public bool Exceeded { get; private set; }

    public string Text
    {
        get
        {
            lock (_lock)
                return Encoding.UTF8.GetString(_kept.GetBuffer(), 0, (int)_kept.Length);
        }
    }

    public async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (_kept.Length + count > limit)
            {
                Exceeded = true;
                exceed();
                return;
            }

            lock (_lock)
                _kept.Write(buffer, 0, count);
        }
    }
}
