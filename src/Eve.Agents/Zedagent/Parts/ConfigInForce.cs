using Eve.Agents.Shared;
using Eve.Agents.Zedagent.ConfigParsing;
using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using Microsoft.Extensions.Logging;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>The configuration that the device follows: taken from the controller or from its files, applied, and saved.</summary>
internal sealed class ConfigInForce(AgentContext agent, IConfigFiles files)
{
    readonly ConfigPublications _publications = new(agent);
    readonly Publication<ConfigReceipt> _receipt = agent.Publish(ZedagentPrivate.ConfigReceipt);
    readonly DeviceCommands _commands = new(files);
    ConfigReceipt _now = new();
    byte[]? _unproven;
    TimeSpan _savedAt;
    bool _received;

    /// <summary>The controller's hash of it; empty while none came from the controller.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Its time stamp, if it has one.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>The controller asks for maintenance mode.</summary>
    public bool MaintenanceAsked { get; private set; }

    /// <summary>What controllercert_confighash said last.</summary>
    public string CertHash { get; private set; } = "";

    public bool Applied => _now.Applied;
    public DeviceCommands Commands => _commands;
    public ConfigView Items => new(_publications.Items ?? new());

    /// <summary>The items that hold until a configuration comes: every agent waits for them, so this waits for nothing.</summary>
    public void StartItems()
    {
        Note((_receipt.Value ?? new()) with { Applied = false, ConfigHash = "" });
        if (_publications.Items is { GlobalSettings.Count: > 0 })
            return;     // this agent was started again
        var items = FirstItems.OfSaved(Saved(ConfigFile.LastConfig)) ?? FirstItems.OfSaved(Saved(ConfigFile.LastConfigBackup));
        if (items is null && files.Read(ConfigFile.Bootstrap) is not null)
        {
            Log.BootstrapIgnored(agent.Log);
            items = FirstItems.OfInstallation(null, null);
        }
        _publications.Publish(items ?? FirstItems.OfInstallation(files.Read(ConfigFile.GlobalJson), files.Read(ConfigFile.AuthorizedKeys)));
    }

    /// <summary>Takes a fresh configuration of the controller's.</summary>
    /// <param name="response">It.</param>
    /// <param name="envelope">As it came, for the file.</param>
    /// <param name="device">This device.</param>
    /// <param name="node">What nodeagent says.</param>
    public void Take(Wire.ConfigResponse response, byte[] envelope, Guid device, NodeAgentStatus? node)
    {
        var config = response.Config;
        _received = true;
        (MaintenanceAsked, CertHash) = (config.MaintenanceMode, config.ControllercertConfighash);
        var items = ConfigParser.Items(config, _publications.Items, ConfigSource.Controller);
        TakeCommands(config);
        Note(_now with { LastReceived = TimeOf(config), Names = DeviceFields.Names(config), Epoch = config.ControllerEpoch });
        var leaving = _commands.Reboot && node is not { UpdateInprogress: true } || _commands.Shutdown;
        if (leaving || DeviceStates.Maintenance(new ConfigView(items.Values).Get(ConfigItems.MaintenanceMode), MaintenanceAsked, node).Count > 0)
            _publications.Publish(items);       // the rest waits: without its hash, it comes again
        else
            Apply(config, items, device, response.ConfigHash);
        Save(envelope);
    }

    /// <summary>Falls back on what was saved, once, while nothing else is in force.</summary>
    /// <returns>Whether a saved configuration is now in force.</returns>
    public bool TakeSaved(Guid device, NodeAgentStatus? node)
    {
        if (Applied || _received)
            return false;
        foreach (var file in FetchVerdicts.SavedOrder(node?.BootReason ?? BootReason.None))
        {
            if (Saved(file) is not { } payload)
                continue;
            var verdict = FetchVerdicts.Of(payload, device, "", null);
            if (verdict.Response is not { } response)
            {
                Log.SavedIsBad(agent.Log, file, verdict.Error);
                continue;
            }
            var items = ConfigParser.Items(response.Config, _publications.Items, ConfigSource.Controller);
            if (DeviceStates.Maintenance(new ConfigView(items.Values).Get(ConfigItems.MaintenanceMode), response.Config.MaintenanceMode, node).Count > 0)
                return false;
            Note(_now with { Names = DeviceFields.Names(response.Config), Epoch = response.Config.ControllerEpoch });
            Apply(response.Config, items, device, "");
            Log.StartedFromSaved(agent.Log, file);
            return true;
        }
        return false;
    }

    /// <summary>Keeps a configuration that has proven itself; to be asked at each turn.</summary>
    public void KeepProven()
    {
        if (_unproven is null)
            return;
        var due = _savedAt + Items.Get(ConfigItems.BaseImageTestTime);
        if (agent.Elapsed < due)
        {
            agent.WakeAt(due);
            return;
        }
        Write(ConfigFile.LastConfigBackup, _unproven);
        _unproven = null;
    }

    /// <summary>What became of a fetch. A refusal stays until something that can be used comes: a lost connection takes none back.</summary>
    public void NoteOutcome(FetchVerdict verdict) => Note(_now with { Error = verdict.Error, Refused = verdict.Outcome switch
    {
        FetchOutcome.Invalid or FetchOutcome.Obsolete => verdict.Error,
        FetchOutcome.Failed => _now.Refused,
        _ => "",
    } });

    void Apply(Wire.EdgeDevConfig config, ConfigItemUpdate items, Guid device, string hash)
    {
        var parsed = ConfigParser.Parse(config, items, new ParseInputs(agent.Now, device));
        _publications.Publish(parsed);
        (Hash, Newest) = (hash, parsed.Timestamp);
        Note(_now with { LastProcessed = TimeOf(config), ConfigHash = hash, Applied = true });
        Log.Applied(agent.Log, parsed.Apps.Count, parsed.Faults.Count);
    }

    void TakeCommands(Wire.EdgeDevConfig config)
    {
        try
        {
            _commands.Take(config);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.CommandNotObeyed(agent.Log, e);
        }
        _now = _now with { RebootCounter = _commands.RebootCounter, ShutdownCounter = _commands.ShutdownCounter };
    }

    byte[]? Saved(ConfigFile file)
    {
        if (files.Read(file) is not { } envelope)
            return null;
        var payload = files.Open(envelope, out var error);
        if (payload is null)
            Log.SavedIsBad(agent.Log, file, error);
        return payload;
    }

    void Save(byte[] envelope)
    {
        if (files.Read(ConfigFile.LastConfig)?.AsSpan().SequenceEqual(envelope) != true)
            Write(ConfigFile.LastConfig, envelope);
        if (files.Read(ConfigFile.LastConfigBackup) is null)
            Write(ConfigFile.LastConfigBackup, envelope);
        (_unproven, _savedAt) = (envelope, agent.Elapsed);
    }

    // The configuration holds without its file; the next save tries again.
    void Write(ConfigFile file, byte[] content)
    {
        try
        {
            files.Write(file, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotSaved(agent.Log, file, e);
        }
    }

    void Note(ConfigReceipt receipt) => _receipt.Replace([_now = receipt]);

    GoTime TimeOf(Wire.EdgeDevConfig config) => config.ConfigTimestamp?.ToDateTimeOffset() ?? agent.Now;
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The configuration is applied: {Apps} apps, {Faults} faults")]
    public static partial void Applied(ILogger log, int apps, int faults);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The controller does not answer: the device follows its saved configuration {File}")]
    public static partial void StartedFromSaved(ILogger log, ConfigFile file);

    [LoggerMessage(Level = LogLevel.Error, Message = "The saved configuration {File} cannot be used: {Error}")]
    public static partial void SavedIsBad(ILogger log, ConfigFile file, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The configuration could not be saved in {File}; it holds until the next start")]
    public static partial void NotSaved(ILogger log, ConfigFile file, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A reboot or shutdown command could not be remembered, and is not obeyed")]
    public static partial void CommandNotObeyed(ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "bootstrap-config.pb is not supported yet and is ignored, with the files that it shuts out")]
    public static partial void BootstrapIgnored(ILogger log);
}
