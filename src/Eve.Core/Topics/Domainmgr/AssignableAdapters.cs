using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record AssignableAdapters(
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool Initialized = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<IoBundle> IoBundleList = default) : ITopic<AssignableAdapters>
{
    public string Key => "global";
    public static JsonTypeInfo<AssignableAdapters> Json => EveJson.AssignableAdapters;
}

public sealed record IoBundle(
    [property: JsonIgnore(Condition = WhenWritingDefault)] IoType Type = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Phylabel = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Logicallabel = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string AssignmentGroup = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string ParentAssignmentGroup = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] PhyIoMemberUsage Usage = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] byte Cost = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Ifname = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string PciLong = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Irq = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Ioports = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Serial = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string UsbAddr = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string UsbProduct = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Unique = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string MacAddr = "",
    Guid UsedByUUID = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IsPCIBack = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IsPort = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool KeepInHost = false,
    IOBundleError? Error = null,
    VFList? Vfs = null,
    VfInfo? VfParams = null,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueMap<string, string> Cbattr = default)
{
    public IOBundleError Error { get; init; } = Error ?? new();
    public VFList Vfs { get; init; } = Vfs ?? new();
    public VfInfo VfParams { get; init; } = VfParams ?? new();
}

public sealed record IOBundleError(
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<IoBundleErrorEntry> Errors = default,
    GoTime TimeOfError = default);

public sealed record VfInfo(
    [property: JsonIgnore(Condition = WhenWritingDefault)] byte Index = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ushort VlanID = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string PFIface = "");

public sealed record IoBundleErrorEntry(
    [property: JsonIgnore(Condition = WhenWritingDefault)] string ErrStr = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string TypeStr = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool Warning = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool GroupScoped = false);
