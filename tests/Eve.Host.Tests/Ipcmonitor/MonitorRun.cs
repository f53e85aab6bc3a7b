using System.Text;
using Eve.Host;
using Eve.Host.Ipcmonitor;
using NUnit.Framework;

namespace Eve.Tests.Ipcmonitor;

/// <summary>An ipcmonitor that runs in this process, called as by its link.</summary>
internal sealed class MonitorRun : IAsyncDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    readonly CancellationTokenSource _stop = new();
    readonly Lines _output = new();
    readonly Lines _errors = new();
    readonly Task<int> _run;

    /// <summary>Begins.</summary>
    public MonitorRun(string root, TimeProvider? time, params string[] arguments) => _run = CommandLine.InvokeAsync("/opt/eve/ipcmonitor", ["--root", root, .. arguments], line =>
        new TopicMonitor(line.Monitor!, new EvePaths(line.Options.Root), time ?? TimeProvider.System, _output, _errors).RunAsync(_stop.Token));

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    /// <summary>Begins, and ends by itself.</summary>
    public static async Task<(int Code, string Output, string Errors)> ToEndAsync(string root, params string[] arguments)
    {
        await using var run = new MonitorRun(root, null, arguments);
        return (await run.EndAsync(), run.Output, run.Errors);
    }

    /// <summary>Returns when this has been printed.</summary>
    public Task PrintedAsync(string text) => _output.HasAsync(text, _run);

    /// <summary>Returns when this has been said of what is amiss.</summary>
    public Task SaidAsync(string text) => _errors.HasAsync(text, _run);

    /// <summary>The exit code, when it ends by itself.</summary>
    public Task<int> EndAsync() => _run.WaitAsync(Limit, TimeProvider.System);

    /// <summary>The exit code after a Ctrl-C.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
    }

    sealed class Lines : TextWriter
    {
        readonly StringBuilder _text = new();
        readonly List<(string Text, TaskCompletionSource Printed)> _waiting = [];

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            lock (_text)
            {
                _text.Append(value);
                var now = _text.ToString();
                foreach (var (_, printed) in _waiting.Where(w => now.Contains(w.Text, StringComparison.Ordinal)).ToList())
                    printed.TrySetResult();
            }
        }

        public async Task HasAsync(string text, Task end)
        {
            var printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_text)
            {
                if (ToString().Contains(text, StringComparison.Ordinal))
                    return;
                _waiting.Add((text, printed));
            }
            using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
            if (await Task.WhenAny(printed.Task, end, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, limit.Token)) != printed.Task && !printed.Task.IsCompleted)
                Assert.Fail($"'{text}' is not in:\n{this}");
        }

        public override string ToString()
        {
            lock (_text)
                return _text.ToString();
        }
    }
}
