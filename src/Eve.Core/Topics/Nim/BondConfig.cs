using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record BondConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> AggregatedPorts = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] BondMode Mode = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] LacpRate LacpRate = default,
    BondMIIMonitor? MIIMonitor = null,
    BondArpMonitor? ARPMonitor = null)
{
    public BondMIIMonitor MIIMonitor { get; init; } = MIIMonitor ?? new();
    public BondArpMonitor ARPMonitor { get; init; } = ARPMonitor ?? new();
}

public sealed record BondMIIMonitor(
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool Enabled = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] uint Interval = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] uint UpDelay = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] uint DownDelay = 0);

public sealed record BondArpMonitor(
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool Enabled = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] uint Interval = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> IPTargets = default);
