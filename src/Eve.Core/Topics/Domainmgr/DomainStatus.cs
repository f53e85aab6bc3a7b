using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record DomainStatus(
    UUIDandVersion? UUIDandVersion = null,
    string DisplayName = "",
    SwState State = default,
    bool Activated = false,
    int AppNum = 0,
    uint PurgeCounter = 0,
    uint RestartCounter = 0,
    bool PendingAdd = false,
    bool PendingModify = false,
    bool PendingDelete = false,
    string DomainName = "",
    int DomainId = 0,
    GoTime BootTime = default,
    ValueList<DiskStatus> DiskStatusList = default,
    ValueList<VifInfo> VifList = default,
    ValueList<IoAdapter> IoAdapterList = default,
    bool DisableLogs = false,
    int TriedCount = 0,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default,
    bool ConfigFailed = false,
    bool BootFailed = false,
    bool AdaptersFailed = false,
    string OCIConfigDir = "",
    ValueMap<string, string> EnvVariables = default,
    ValueList<WritableFile> WritableFiles = default,
    string Kernel = "",
    string Ramdisk = "",
    int Memory = 0,
    int MaxMem = 0,
    int VCpus = 0,
    int MaxCpus = 0,
    string RootDev = "",
    string ExtraArgs = "",
    string BootLoader = "",
    ValueList<uint> CPUs = default,
    string DeviceTree = "",
    ValueList<string> DtDev = default,
    ValueList<int> IRQs = default,
    ValueList<string> IOMem = default,
    VmMode VirtualizationMode = default,
    bool EnableVnc = false,
    uint VncDisplay = 0,
    string VncPasswd = "",
    bool CPUsPinned = false,
    int VMMMaxMem = 0,
    bool EnableVncShimVM = false,
    bool EnforceNetworkInterfaceOrder = false,
    bool EnableOemWinLicenseKey = false,
    bool DisableVirtualTPM = false,
    BootOrder BootOrder = default,
    bool Service = false,
    bool VirtualTPM = false,
    string FmlCustomResolution = "",
    bool IsDNidNode = false,
    string NodeName = "",
    bool PassthroughWindowsLicenseKey = false,
    AppRuntimeType DeploymentType = default,
    CrashHandlingState CrashState = default,
    string CrashRunState = "",
    string GuestCoreDumpPath = "",
    GoTime HoldUntil = default,
    string GdbSocket = "") : ITopic<DomainStatus>, IErrorStatus<DomainStatus>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<DomainStatus> Json => EveJson.DomainStatus;

    public DomainStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };

    public VmConfig ToVmConfig() => new(
        Kernel, Ramdisk, Memory, MaxMem, VCpus, MaxCpus, RootDev, ExtraArgs, BootLoader, CPUs, DeviceTree, DtDev, IRQs, IOMem, VirtualizationMode,
        EnableVnc, VncDisplay, VncPasswd, CPUsPinned, VMMMaxMem, EnableVncShimVM, EnforceNetworkInterfaceOrder, EnableOemWinLicenseKey,
        DisableVirtualTPM, BootOrder);

    public DomainStatus With(VmConfig part) => this with
    {
        Kernel = part.Kernel, Ramdisk = part.Ramdisk, Memory = part.Memory, MaxMem = part.MaxMem, VCpus = part.VCpus, MaxCpus = part.MaxCpus,
        RootDev = part.RootDev, ExtraArgs = part.ExtraArgs, BootLoader = part.BootLoader, CPUs = part.CPUs, DeviceTree = part.DeviceTree,
        DtDev = part.DtDev, IRQs = part.IRQs, IOMem = part.IOMem, VirtualizationMode = part.VirtualizationMode, EnableVnc = part.EnableVnc,
        VncDisplay = part.VncDisplay, VncPasswd = part.VncPasswd, CPUsPinned = part.CPUsPinned, VMMMaxMem = part.VMMMaxMem,
        EnableVncShimVM = part.EnableVncShimVM, EnforceNetworkInterfaceOrder = part.EnforceNetworkInterfaceOrder,
        EnableOemWinLicenseKey = part.EnableOemWinLicenseKey, DisableVirtualTPM = part.DisableVirtualTPM, BootOrder = part.BootOrder,
    };
}

public sealed record DiskStatus(
    string VolumeKey = "",
    bool ReadOnly = false,
    string FileLocation = "",
    ImageFormat Format = default,
    string MountDir = "",
    string DisplayName = "",
    string Devtype = "",
    string Vdev = "",
    string WWN = "",
    string CustomMeta = "");

public sealed record WritableFile(string Path = "", string Content = "", string Permissions = "", string Encoding = "", string Owner = "");

public enum CrashHandlingState : byte
{
    None = 0,
    CaptureInProgress = 1,
    Captured = 2,
    Held = 3,
}
