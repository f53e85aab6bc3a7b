using System.Diagnostics;
using System.Globalization;

namespace Eve.Benchmarks.CrossProcess;

/// <summary>
/// What a subscriber process does with what comes, by the order that it was given on its standard input; when it is done it answers with one line.
/// Orders: <c>latency N</c> (values whose counters are the moments at which they were published, until one has the last counter there is; the first N warm up), <c>all N</c> (N values, none skipped, each key's in order),
/// <c>last COUNTER KEYS</c> (so many keys have this counter; how often anything came until then).
/// </summary>
sealed class Listener
{
    readonly Lock _gate = new();
    readonly Dictionary<string, long> _last = [];
    readonly List<double> _latencies = [];
    string[] _order = ["none"];
    int _seen, _target, _skips, _having;
    long _allocated, _wanted;

    /// <summary>Reads orders until the input ends.</summary>
    public void Obey()
    {
        while (Console.ReadLine() is { } line)
        {
            lock (_gate)
            {
                _order = line.Split(' ');
                _target = int.Parse(_order[^1], CultureInfo.InvariantCulture);
                (_seen, _skips, _allocated) = (0, 0, GC.GetTotalAllocatedBytes());
                _latencies.Clear();
                Console.WriteLine("ready");
                if (_order[0] == "last")
                    AwaitLast(long.Parse(_order[1], CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>A value has come to whoever wants it.</summary>
    public void See(string key, long counter)
    {
        var now = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            var before = _last.TryGetValue(key, out var known) ? known : 0;
            _last[key] = counter;
            if (counter < before)
                Console.WriteLine($"broken {key} went from {before} to {counter}");
            Take(before, counter, now);
        }
    }

    /// <summary>Keys were withdrawn.</summary>
    public void Forget(string key)
    {
        lock (_gate)
            _last.Remove(key);
    }

    void Take(long before, long counter, long now)
    {
        switch (_order[0])
        {
            case "latency":
                if (counter == long.MaxValue)
                    Answer($"{Number(At(0.5))} {Number(At(0.99))} {_seen}");
                else if (++_seen > _target)
                    _latencies.Add(Stopwatch.GetElapsedTime(counter, now).TotalMicroseconds);
                break;
            case "all":
                _skips += counter == before + 1 ? 0 : 1;
                if (++_seen == _target)
                    Answer($"{_skips} {GC.GetTotalAllocatedBytes() - _allocated} {now}");
                break;
            case "last":
                _seen++;
                _having += (counter == _wanted ? 1 : 0) - (before == _wanted ? 1 : 0);
                TellIfAllHave();
                break;
        }
    }

    void AwaitLast(long counter)
    {
        (_wanted, _having) = (counter, _last.Values.Count(v => v == counter));
        TellIfAllHave();
    }

    void TellIfAllHave()
    {
        if (_having == _target)
            Answer($"{Stopwatch.GetTimestamp()} {_seen}");
    }

    void Answer(string text)
    {
        _order = ["none"];
        Console.WriteLine("done " + text);
    }

    double At(double share) => _latencies.Order().ElementAt((int)(_latencies.Count * share));

    static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);
}
