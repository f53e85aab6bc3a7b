using Eve.Agents.Zedagent.Private;
using Eve.Agents.Zedagent.Reporting;
using Eve.Topics;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>Which objects the controller believes to be there, from this life and those before; on disk.</summary>
internal sealed class ReportedObjects
{
    readonly ILogger _log;
    readonly Publication<ReportedObject> _reported;

    public ReportedObjects(AgentContext agent)
    {
        (_log, _reported) = (agent.Log, agent.Publish(ReportingPrivate.Reported));
        foreach (var key in _reported.Keys.Where(k => Deletion(k) is null).ToList())
        {
            Log.Garbled(_log, key);
            _reported.Remove(key);
        }
        _reported.SignalRestarted();
    }

    public IReadOnlyCollection<string> Keys => _reported.Keys;

    /// <summary>The message that an object is gone; null for one that was never reported, or of which the disk holds nothing sensible.</summary>
    public Wire.ZInfoMsg? Deletion(string key)
    {
        try
        {
            return _reported[key] is { } known ? Deletions.Of(Wire.ZInfoMsg.Parser.ParseFrom(known.Deletion.Span)) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>An object is about to be reported: returns once that is safe on disk. A full disk keeps no report back.</summary>
    public async Task RememberAsync(string key, Guid device, Wire.ZInfoMsg report, CancellationToken cancellationToken)
    {
        if (Deletions.Of(report) is not { } deletion)
            return;
        var known = new ReportedObject(key, device, deletion.ToByteArray());
        if (known.Equals(_reported[key]))
            return;
        try
        {
            await _reported.PublishAsync(known, cancellationToken);
        }
        catch (EveException exception)
        {
            Log.NotRemembered(_log, key, exception.Message);
        }
    }

    public void Forget(string key) => _reported.Remove(key);

    /// <summary>What was reported as another device is nobody's.</summary>
    public void ForgetOthers(Guid device)
    {
        foreach (var key in _reported.Keys.Where(k => _reported[k]!.Device != device).ToList())
            Forget(key);
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The record that {Key} was reported is garbled: if it is gone by now, the controller is not told")]
    public static partial void Garbled(ILogger log, string key);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That {Key} is reported cannot be kept on disk; if it goes while the device is off, the controller is not told: {Reason}")]
    public static partial void NotRemembered(ILogger log, string key, string reason);
}
