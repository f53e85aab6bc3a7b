using Eve.Agents.Zedagent.ConfigParsing;
using Google.Protobuf.Collections;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>
/// What is wrong with the configuration, as the controller is told of it: with the object that has the fault where there is such an object, else with the
/// device, among the items that it could not use.
/// </summary>
internal static class ConfigFaults
{
    const string WholeConfig = "EdgeDevConfig";
    static readonly string[] Reported = ["apps", "networkInstances", "contentInfo", "volumes"];

    /// <summary>Puts the faults of an object into its report, behind what its agents say of it: they may have had to leave the wrong value out.</summary>
    public static void Add(Wire.ZInfoMsg message, ValueList<ConfigFault> faults)
    {
        switch (message.InfoContentCase)
        {
            case Wire.ZInfoMsg.InfoContentOneofCase.Ainfo:
                Add(message.Ainfo.AppErr, Of("apps", message.Ainfo.AppID));
                break;
            case Wire.ZInfoMsg.InfoContentOneofCase.Niinfo:
                Add(message.Niinfo.NetworkErr, Of("networkInstances", message.Niinfo.NetworkID));
                break;
            case Wire.ZInfoMsg.InfoContentOneofCase.Cinfo:
                message.Cinfo.Err = Join(message.Cinfo.Err, Of("contentInfo", message.Cinfo.Uuid));
                break;
            case Wire.ZInfoMsg.InfoContentOneofCase.Vinfo:
                message.Vinfo.VolumeErr = Join(message.Vinfo.VolumeErr, Of("volumes", message.Vinfo.Uuid));
                break;
        }

        // A volume's key has its generation behind its id.
        IEnumerable<string> Of(string section, string id) => faults.Where(f => f.Section == section && f.Key.Split('#')[0] == id).Select(f => f.Text);
    }

    /// <summary>The faults that belong to no object with a report of its own, by section and name.</summary>
    /// <param name="faults">All of the configuration in force.</param>
    /// <param name="refused">Why what came after it is not in force; empty if nothing was refused.</param>
    public static IEnumerable<(string Name, string Error)> OfDevice(ValueList<ConfigFault> faults, string refused)
    {
        if (refused.Length > 0)
            yield return (WholeConfig, refused);
        foreach (var group in faults.Where(f => f.Key.Length == 0 || !Reported.Contains(f.Section)).GroupBy(f => f.Name.Length > 0 ? $"{f.Section} '{f.Name}'" : f.Section))
            yield return (group.Key, string.Join("; ", group.Select(f => f.Text)));
    }

    static void Add(RepeatedField<Wire.ErrorInfo> errors, IEnumerable<string> texts)
    {
        if (Join(errors.FirstOrDefault(), texts) is not { } joined)
            return;
        errors.Clear();
        errors.Add(joined);
    }

    // A fault alone is a warning: the object is used as far as it can be.
    static Wire.ErrorInfo? Join(Wire.ErrorInfo? error, IEnumerable<string> texts)
    {
        foreach (var text in texts.Where(t => error is null || !error.Description.Contains(t, StringComparison.Ordinal)))
            error = Errors.Join(error ?? new(), new() { Description = text, Severity = Wire.Severity.Warning });
        return error;
    }
}
