using Eve.Topics;

namespace Eve.Agents.Nim;

/// <summary>Decides which port configuration is tried, kept or left (device-agents.md 4.2; walk-device.md 3, 4, 20, 24).</summary>
internal static class PortConfigSelection
{
    static readonly TimeSpan Forgiveness = TimeSpan.FromMinutes(5);

    /// <summary>Takes over a new list. What is new at its head, or in the place of what was in force, is verified from the head on.</summary>
    public static Selection WithList(Selection selection, ValueList<DevicePortConfig> list, Moment at)
    {
        if (list == selection.List)
            return selection;
        var current = selection.Entry is { } entry ? PortConfigs.IndexOf(list, c => PortConfigs.SameContent(c, entry)) : -1;
        var headIsNew = list.Count > 0 && (selection.List.Count == 0 || !PortConfigs.SameContent(list[0], selection.List[0]));
        var taken = selection with { List = list, Current = current };
        return current < 0 || headIsNew ? FromHead(taken, at) : taken;
    }

    /// <summary>Verifies the first usable configuration; a device that has just started has no old failures.</summary>
    public static Selection FromHead(Selection selection, Moment at) =>
        PortConfigs.IndexOf(selection.List, PortConfigs.IsUsable) is >= 0 and var first
            ? Verify(selection, first, at)
            : selection with { Current = -1, State = DPCState.None, Testing = false, BetterAt = null };

    static Selection Verify(Selection selection, int index, Moment at) => selection with
    {
        Current = index, State = DPCState.IpDnsWait, Testing = true, Began = at.Elapsed, TestAt = at.Elapsed, BetterAt = null, Doubtful = false, Tested = default,
    };

    /// <summary>One turn: the result of a test if there is one; else, unless a test is still under way, what time and the ports themselves bring.</summary>
    public static Selection Turn(Selection selection, ValueList<PortTest>? result, bool underWay, Func<Selection, PortView> view, SelectionTimes times, Moment at)
    {
        if (result is { } tests)
            selection = Parked(selection, Judge(selection, tests, view(selection), times, at), view);
        return underWay ? selection : Parked(selection, Next(selection, view(selection), times, at), view);
    }

    // What has failed before and is only stayed with is looked at again when its addresses are others than now.
    static Selection Parked(Selection before, Selection after, Func<Selection, PortView> view) =>
        after.Entry is null || after.Testing || after.Works || after.Current == before.Current ? after : after with { Tested = view(after).Addresses };

    /// <summary>Whether a test is due now: while verifying, as soon as there are other addresses as well.</summary>
    public static bool WantsTest(Selection selection, PortView ports, Moment at) =>
        selection.Entry is not null && ports.Addresses.Count > 0 && (selection.Testing || selection.Works)
        && (at.Elapsed >= selection.TestAt || ports.Addresses != selection.Tested);

    /// <summary>What a turn brings without the result of a test: limits that have passed, timers, addresses that came or went.</summary>
    public static Selection Next(Selection selection, PortView ports, SelectionTimes times, Moment at)
    {
        if (selection.Entry is null)
            return FromHead(selection, at);
        if (selection.Testing)
            return ports.Addresses.Count > 0 ? selection : Waiting(selection, ports, times, at, "");
        if (selection.Works)
            return ports.Addresses.Count == 0 && selection.Tested.Count > 0 ? Verify(selection, selection.Current, at)
                : at.Elapsed >= selection.BetterAt ? Better(selection, times, at)
                : selection;
        // It has failed: other addresses are a reason to look again at once.
        if (ports.Addresses.Count > 0 && ports.Addresses != selection.Tested)
            return Verify(selection, selection.Current, at);
        return at.Elapsed >= selection.TestAt ? Verify(selection, Testable(selection, 0, at) ?? selection.Current, at) : selection;
    }

    static Selection Better(Selection selection, SelectionTimes times, Moment at) =>
        Testable(selection, 0, at) is { } index && index < selection.Current
            ? Verify(selection, index, at)
            : selection with { BetterAt = at.Elapsed + times.Better };

    /// <summary>What follows from the test of the current configuration's ports.</summary>
    public static Selection Judge(Selection selection, ValueList<PortTest> tests, PortView ports, SelectionTimes times, Moment at)
    {
        if (selection.Entry is not { } entry)
            return selection;
        var judged = selection with { List = With(selection.List, selection.Current, Stamped(entry, tests, at.Now)) };
        var error = string.Join("; ", tests.Where(t => t.Error.Length > 0).Select(t => t.Error));
        if (tests.Any(t => t.Reach == PortReach.Controller))
            return Succeeded(judged, DPCState.Success, error, times, at);
        if (tests.Any(t => t.Reach == PortReach.Temporary))
            return Succeeded(judged, DPCState.RemoteWait, error, times, at);
        if (!selection.Testing)
            return selection.Doubtful
                ? FromTestableHead(judged, at)
                : judged with { Doubtful = true, TestAt = at.Elapsed + times.Test };
        return tests.Any(t => t.Reach == PortReach.NotReady) || !ports.HasDns || ports.Missing.Count > 0
            ? Waiting(judged, ports, times, at, error)
            : Failed(judged, DPCState.FailWithIpAndDns, error, times, at);
    }

    static Selection FromTestableHead(Selection selection, Moment at) => Verify(selection, Testable(selection, 0, at) ?? selection.Current, at);

    // In the order in which a port comes up: the interface, its address and name servers.
    static Selection Waiting(Selection selection, PortView ports, SelectionTimes times, Moment at, string error)
    {
        var waited = at.Elapsed - selection.Began;
        var (addressed, missing) = (ports.Addresses.Count > 0, string.Join(", ", ports.Missing));
        if (ports.Missing.Count > 0 && waited < 2 * times.Wait)
            return InProgress(DPCState.IntfWait);
        if (ports.AllMissing)
            return Failed(selection, DPCState.Fail, $"None of its management ports is there: {missing}.", times, at);
        if ((!addressed || !ports.HasDns || error.Length > 0) && waited < 5 * times.Wait)
            return InProgress(DPCState.IpDnsWait);
        return addressed
            ? Failed(selection, DPCState.FailWithIpAndDns, error.Length > 0 ? error : $"These interfaces are missing: {missing}.", times, at)
            : Failed(selection, DPCState.Fail, $"No management port has got an address within {waited.TotalSeconds:0} s: check cable and DHCP server, or the static address.", times, at);

        Selection InProgress(DPCState state) => selection with
        {
            State = state, TestAt = selection.TestAt > at.Elapsed ? selection.TestAt : at.Elapsed + times.Wait,
        };
    }

    static Selection Succeeded(Selection selection, DPCState state, string warning, SelectionTimes times, Moment at)
    {
        var entry = selection.Entry! with { State = state, LastSucceeded = at.Now, LastError = "", LastWarning = warning, LastIPAndDNS = at.Now };
        var kept = PortConfigs.Compressed(With(selection.List, selection.Current, entry), selection.Current, times.LastResort);
        var current = PortConfigs.IndexOf(kept, c => c == entry);
        return selection with
        {
            List = kept, Current = current, State = state, Testing = false, Doubtful = false, TestAt = at.Elapsed + times.Test,
            BetterAt = current == 0 || times.Better == TimeSpan.Zero ? null : selection.BetterAt ?? at.Elapsed + times.Better,
        };
    }

    static Selection Failed(Selection selection, DPCState state, string error, SelectionTimes times, Moment at)
    {
        var entry = selection.Entry! with { State = state, LastFailed = at.Now, LastError = error };
        if (state == DPCState.FailWithIpAndDns)
            entry = entry with { LastIPAndDNS = at.Now };
        var failed = selection with { List = With(selection.List, selection.Current, entry) };
        if (Testable(failed, selection.Current + 1, at) is { } next)
            return Verify(failed, next, at);
        // Nothing is left to try: the device stays with what it is meant to have, and tries again later.
        var parked = Math.Max(0, PortConfigs.IndexOf(failed.List, c => c.Key == PortConfigs.Manual && PortConfigs.IsUsable(c)));
        if (!PortConfigs.IsUsable(failed.List[parked]))
            parked = selection.Current;
        var stays = failed.List[parked];
        var kept = PortConfigs.Compressed(failed.List, parked, times.LastResort);
        return failed with
        {
            List = kept, Current = PortConfigs.IndexOf(kept, c => c == stays), State = stays.State, Testing = false, TestAt = at.Elapsed + times.Test,
            BetterAt = null,
        };
    }

    // Round the list from there on; never to one below what a person at the console has set.
    static int? Testable(Selection selection, int from, Moment at)
    {
        var manual = PortConfigs.IndexOf(selection.List, c => c.Key == PortConfigs.Manual && PortConfigs.IsUsable(c));
        var count = manual < 0 ? selection.List.Count : manual + 1;
        foreach (var index in Enumerable.Range(0, count).Select(i => (from + i) % count))
        {
            if (PortConfigs.IsUsable(selection.List[index]) && IsTestable(selection.List[index], at.Now))
                return index;
        }
        return null;
    }

    static bool IsTestable(DevicePortConfig config, GoTime now) =>
        config.LastFailed.IsZero || config.LastSucceeded > config.LastFailed || now - config.LastFailed >= Forgiveness || config.LastFailed > now;

    static DevicePortConfig Stamped(DevicePortConfig config, ValueList<PortTest> tests, DateTimeOffset now) => config with
    {
        Ports = [.. config.Ports.Select(p => tests.FirstOrDefault(t => t.IfName == p.IfName) switch
        {
            null => p,
            { Reach: PortReach.Controller } => p with { LastSucceeded = now, LastError = "", LastWarning = "" },
            { Reach: PortReach.Temporary } t => p with { LastSucceeded = now, LastError = "", LastWarning = t.Error },
            var t => p with { LastFailed = now, LastError = t.Error },
        })],
    };

    static ValueList<DevicePortConfig> With(ValueList<DevicePortConfig> list, int index, DevicePortConfig entry) => [.. list.Select((c, i) => i == index ? entry : c)];

    /// <summary>When the next turn is due, if nothing happens before.</summary>
    public static TimeSpan? WakeAt(Selection selection, SelectionTimes times, TimeSpan now)
    {
        if (selection.Entry is null)
            return null;
        TimeSpan?[] dates = selection.Testing
            ? [selection.TestAt, selection.Began + 2 * times.Wait, selection.Began + 5 * times.Wait]
            : [selection.TestAt, selection.BetterAt];
        return dates.Where(d => d > now).Min();
    }
}
