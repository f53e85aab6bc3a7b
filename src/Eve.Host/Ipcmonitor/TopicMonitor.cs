namespace Eve.Host.Ipcmonitor;

/// <summary>ipcmonitor: shows what is on a device's bus, from outside. It reads what publishers and folders say, and changes nothing.</summary>
/// <param name="request">What to show.</param>
/// <param name="paths">Whose topics.</param>
/// <param name="output">Where to.</param>
/// <param name="errors">Where what is amiss is said.</param>
internal sealed class TopicMonitor(MonitorRequest request, EvePaths paths, TimeProvider time, TextWriter output, TextWriter errors)
{
    public const int Done = 0, Failed = 1, NotThere = 2, TimeOver = 3;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly IMonitorPrinter _printer = request.Form == MonitorForm.Lines ? new LinesPrinter(output, time) : new TextPrinter(output, request.Form, request.Color);

    /// <summary>Shows it, until it is done or cancelled.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(paths.Root))
        {
            await errors.WriteLineAsync($"There is no folder {paths.Root}: name the device's root by --root.");
            return Failed;
        }
        try
        {
            return request.Mode switch
            {
                MonitorMode.List or MonitorMode.Once => await LookAsync(cancellationToken),
                MonitorMode.Follow => await FollowAsync(cancellationToken),
                _ => await WaitAsync(cancellationToken),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return request.Mode == MonitorMode.Follow ? Done : Failed;
        }
        catch (IOException exception)
        {
            await errors.WriteLineAsync(exception.Message);      // who reads the output has gone, as `head` does
            return Failed;
        }
    }

    async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var wanted = new TableFinder(paths).Find().Where(request.Wants).ToList();
        var tables = await new TableReader(paths, time, request.Timeout ?? Patience).ReadAsync(wanted, cancellationToken);
        var found = request.Mode == MonitorMode.List ? tables.Count > 0 : tables.Aggregate(false, (any, table) => Show(table) || any);
        if (request.Mode == MonitorMode.List && found)
            _printer.Print(tables);
        foreach (var (state, problem, garbled) in tables)
        {
            foreach (var reason in garbled.Select(g => $"{(g.Key.Length > 0 ? $"the value of {g.Key}: " : "")}{g.Reason}").Prepend(problem).Where(r => r.Length > 0))
                await errors.WriteLineAsync($"{state.Table}: {JsonText.Escaped(reason)}");
        }
        if (!found)
            await errors.WriteLineAsync(NothingThere(tables));
        return tables.Any(t => t.Problem.Length > 0 || t.Garbled.Count > 0) ? Failed : found ? Done : NotThere;
    }

    // True if something of it was wanted.
    bool Show(TableReading table)
    {
        var state = table.State;
        var keys = state.Values.Keys.Where(request.WantsKey).ToList();
        if (keys.Count == 0 && (request.Key ?? (object?)request.Keys) is not null)
            return false;
        if (state.From.Length > 0)
            _printer.Print(new TableEvent(state, Happening.Hello));
        foreach (var key in keys)
            _printer.Print(new TableEvent(state, Happening.Update, key, New: state.Values[key]));
        if (state.Complete)
            _printer.Print(new TableEvent(state, Happening.Complete));
        if (state.Restarts is not null)
            _printer.Print(new TableEvent(state, Happening.Restarted));
        return true;
    }

    string NothingThere(IReadOnlyList<TableReading> tables) => tables.Count > 0
        ? $"There is no key {request.Key ?? $"with '{request.Keys}' in it"} in {string.Join(", ", tables.Select(t => t.State.Table))}. Without -k and --keys all are shown."
        : $"There is no topic {$"{request} ".TrimStart()}below {paths.Root}. `ipcmonitor` lists those that there are; is it the device's --root, and does the device run?";

    async Task<int> FollowAsync(CancellationToken cancellationToken)
    {
        await using var watch = new TableWatch(paths, request, time, happened =>
        {
            if (happened.Key.Length == 0 || request.WantsKey(happened.Key))
                _printer.Print(happened);
        });
        if (await watch.StartAsync() == 0)
            await errors.WriteLineAsync($"There is no topic {$"{request} ".TrimStart()}below {paths.Root} yet: waiting for it.");
        await watch.Failed.WaitAsync(cancellationToken);
        return Done;
    }

    async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        var wait = new ConditionWait(request.Until!, request.WantsKey);
        await using var watch = new TableWatch(paths, request, time, wait.Look);
        await watch.StartAsync();
        try
        {
            var first = await Task.WhenAny(wait.Fulfilled, watch.Failed).WaitAsync(request.Timeout ?? Timeout.InfiniteTimeSpan, time, cancellationToken);
            await first;
            _printer.Print(await wait.Fulfilled);
            return Done;
        }
        catch (TimeoutException)
        {
            await errors.WriteLineAsync($"'{request.Until!.Text}' did not come true within {request.Timeout!.Value.TotalSeconds:0.#} s: {wait.LastSeen ?? $"there is no topic {$"{request} ".TrimStart()}with such a key below {paths.Root}"}.");
            return TimeOver;
        }
    }
}
