using System.Globalization;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Eve.Platform;

/// <summary>Reads and changes links, addresses, routes and rules by the programs ip and bridge.</summary>
internal sealed partial class Iproute(ICommands commands, TimeProvider time)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<Link>> LinksAsync(CancellationToken cancellationToken) =>
        IprouteParse.Links(await IpAsync(["-N", "-json", "-d", "-s", "link"], cancellationToken));

    public async Task<IReadOnlyList<LinkAddress>> AddressesAsync(CancellationToken cancellationToken) =>
        IprouteParse.Addresses(await IpAsync(["-N", "-json", "addr"], cancellationToken));

    /// <summary>The routes of all tables, IPv4 then IPv6.</summary>
    public async Task<IReadOnlyList<Route>> RoutesAsync(CancellationToken cancellationToken) =>
    [
        .. IprouteParse.Routes(await IpAsync(["-N", "-json", "-4", "route", "show", "table", "all"], cancellationToken), AddressFamily.InterNetwork),
        .. IprouteParse.Routes(await IpAsync(["-N", "-json", "-6", "route", "show", "table", "all"], cancellationToken), AddressFamily.InterNetworkV6),
    ];

    /// <summary>The rules, IPv4 then IPv6.</summary>
    public async Task<IReadOnlyList<RouteRule>> RulesAsync(CancellationToken cancellationToken) =>
    [
        .. IprouteParse.Rules(await IpAsync(["-N", "-json", "-4", "rule"], cancellationToken), AddressFamily.InterNetwork),
        .. IprouteParse.Rules(await IpAsync(["-N", "-json", "-6", "rule"], cancellationToken), AddressFamily.InterNetworkV6),
    ];

    public async Task<IReadOnlyList<FdbEntry>> FdbAsync(CancellationToken cancellationToken) =>
        IprouteParse.Fdb((await commands.RunAsync("bridge", ["-json", "fdb", "show"], timeout: Patience, cancellationToken: cancellationToken)).Check().Output);

    /// <summary>Runs lines in order; one that fails is reported and the others still run.</summary>
    public async Task<IReadOnlyList<IpFailure>> ApplyAsync(IpBatch batch, IReadOnlyList<IpLine> lines, CancellationToken cancellationToken)
    {
        var failures = new List<IpFailure>();
        for (var next = 0; next < lines.Count;)
        {
            var result = await RunAsync(batch, lines.Skip(next), cancellationToken);
            if (result.Succeeded)
                break;
            if (FailedLine().Match(result.Error) is not { Success: true } failed)
            {
                await OneByOneAsync(batch, lines, next, failures, cancellationToken);
                break;
            }

            var line = next + int.Parse(failed.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1;
            failures.Add(new IpFailure(line, lines[line], Reason(result)));
            next = line + 1;
        }

        return failures;
    }

    /// <summary>
    /// Rings for each change of links, addresses, routes and rules, and once as soon as it listens: then, and at each ring, read again. What the lines say is of no use.
    /// </summary>
    public async IAsyncEnumerable<string> MonitorAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // .NET's children do not hear SIGPIPE. With it, a monitor whose reader was killed ends at the next change instead of never.
        string[] arguments = ["--default-signal=PIPE", "ip", "-o", "monitor", "link", "address", "route", "rule"];
        await using var monitor = await commands.StartAsync("env", arguments, cancellationToken: cancellationToken);
        await ListeningAsync(monitor, cancellationToken);
        yield return "";
        await foreach (var line in monitor.Lines.WithCancellation(cancellationToken))
            yield return line.Text;
        throw new EveException($"ip monitor ended with exit code {await monitor.Exited}: changes of the network are no longer heard of");
    }

    async Task<string> IpAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        (await commands.RunAsync("ip", arguments, timeout: Patience, cancellationToken: cancellationToken)).Check().Output;

    Task<CommandResult> RunAsync(IpBatch batch, IEnumerable<IpLine> lines, CancellationToken cancellationToken)
    {
        var (program, options) = batch switch
        {
            IpBatch.Bridge => ("bridge", new[] { "-batch", "-" }),
            IpBatch.V6 => ("ip", ["-6", "-batch", "-"]),
            _ => ("ip", ["-batch", "-"]),
        };
        return commands.RunAsync(program, options, string.Join('\n', lines.Select(line => line.Text)) + "\n", Patience, cancellationToken: cancellationToken);
    }

    // A line that ip cannot even parse ends it without telling which one it was. So each line runs alone; those that had been done already say so.
    async Task OneByOneAsync(IpBatch batch, IReadOnlyList<IpLine> lines, int first, List<IpFailure> failures, CancellationToken cancellationToken)
    {
        for (var i = first; i < lines.Count; i++)
        {
            var result = await RunAsync(batch, [lines[i]], cancellationToken);
            if (!result.Succeeded && !IsDone(lines[i].Text, result.Error))
                failures.Add(new IpFailure(i, lines[i], Reason(result)));
        }
    }

    static bool IsDone(string line, string error) => line.Split(' ').Contains("del")
        ? error.Contains("No such", StringComparison.Ordinal) || error.Contains("Cannot find device", StringComparison.Ordinal)
            || error.Contains("Cannot assign requested address", StringComparison.Ordinal)
        : error.Contains("File exists", StringComparison.Ordinal);

    static string Reason(CommandResult result) => result.Complaint
        .Replace("RTNETLINK answers: ", "", StringComparison.Ordinal)
        .Replace("Error: ", "", StringComparison.Ordinal);

    // The kernel lists the sockets that wait for news; until ours is there, a change would go unheard.
    async Task ListeningAsync(IRunningCommand monitor, CancellationToken cancellationToken)
    {
        var deadline = time.GetTimestamp();
        while (!Netlink.Listens(monitor.Id) && !monitor.Exited.IsCompleted && time.GetElapsedTime(deadline) < TimeSpan.FromSeconds(2))
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
    }

    [GeneratedRegex(@"^Command failed -:([0-9]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex FailedLine();
}

/// <summary>Who reads the lines: rules and default routes of IPv6 need <see cref="V6"/>, forwarding entries <see cref="Bridge"/>.</summary>
internal enum IpBatch
{
    Ip,
    V6,
    Bridge,
}

/// <summary>A line that failed, its place in the batch and why.</summary>
internal sealed record IpFailure(int Index, IpLine Line, string Error)
{
    public override string ToString() => $"{Line}: {Error}";
}
