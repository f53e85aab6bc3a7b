using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record DomainConfig(
    UUIDandVersion? UUIDandVersion = null,
    string DisplayName = "",
    bool Activate = false,
    bool UserActivate = false,
    int AppNum = 0,
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
    bool DisableLogs = false,
    string GPUConfig = "",
    ValueList<DiskConfig> DiskConfigList = default,
    ValueList<VifConfig> VifList = default,
    ValueList<IoAdapter> IoAdapterList = default,
    string KubeImageName = "",
    uint PurgeCounter = 0,
    uint RestartCounter = 0,
    bool IsDNidNode = false,
    Affinity AffinityType = default,
    [property: JsonPropertyName("pubsub-large-CloudInitUserData")] string? CloudInitUserData = null,
    string CipherBlockID = "",
    string CipherContextID = "",
    Bytes InitialValue = default,
    [property: JsonPropertyName("pubsub-large-CipherData")] Bytes CipherData = default,
    Bytes ClearTextHash = default,
    bool IsCipher = false,
    CipherContext? CipherContext = null,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default,
    MetaDataType MetaDataType = default,
    bool Service = false,
    uint CloudInitVersion = 0,
    OemWindowsLicenseKeyInfo? OemWindowsLicenseKeyInfo = null,
    AppRuntimeType DeploymentType = default) : ITopic<DomainConfig>, IErrorStatus<DomainConfig>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();
    public OemWindowsLicenseKeyInfo OemWindowsLicenseKeyInfo { get; init; } = OemWindowsLicenseKeyInfo ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<DomainConfig> Json => EveJson.DomainConfig;

    public DomainConfig With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };

    public VmConfig ToVmConfig() => new(
        Kernel, Ramdisk, Memory, MaxMem, VCpus, MaxCpus, RootDev, ExtraArgs, BootLoader, CPUs, DeviceTree, DtDev, IRQs, IOMem, VirtualizationMode,
        EnableVnc, VncDisplay, VncPasswd, CPUsPinned, VMMMaxMem, EnableVncShimVM, EnforceNetworkInterfaceOrder, EnableOemWinLicenseKey,
        DisableVirtualTPM, BootOrder);

    public DomainConfig With(VmConfig part) => this with
    {
        Kernel = part.Kernel, Ramdisk = part.Ramdisk, Memory = part.Memory, MaxMem = part.MaxMem, VCpus = part.VCpus, MaxCpus = part.MaxCpus,
        RootDev = part.RootDev, ExtraArgs = part.ExtraArgs, BootLoader = part.BootLoader, CPUs = part.CPUs, DeviceTree = part.DeviceTree,
        DtDev = part.DtDev, IRQs = part.IRQs, IOMem = part.IOMem, VirtualizationMode = part.VirtualizationMode, EnableVnc = part.EnableVnc,
        VncDisplay = part.VncDisplay, VncPasswd = part.VncPasswd, CPUsPinned = part.CPUsPinned, VMMMaxMem = part.VMMMaxMem,
        EnableVncShimVM = part.EnableVncShimVM, EnforceNetworkInterfaceOrder = part.EnforceNetworkInterfaceOrder,
        EnableOemWinLicenseKey = part.EnableOemWinLicenseKey, DisableVirtualTPM = part.DisableVirtualTPM, BootOrder = part.BootOrder,
    };

    public CipherBlockStatus ToCipherBlockStatus() => new(
        CipherBlockID, CipherContextID, InitialValue, CipherData, ClearTextHash, IsCipher, CipherContext, Error, ErrorTime, ErrorSeverity,
        ErrorRetryCondition, ErrorEntities);

    public DomainConfig With(CipherBlockStatus part) => this with
    {
        CipherBlockID = part.CipherBlockID, CipherContextID = part.CipherContextID, InitialValue = part.InitialValue, CipherData = part.CipherData,
        ClearTextHash = part.ClearTextHash, IsCipher = part.IsCipher, CipherContext = part.CipherContext, Error = part.Error,
        ErrorTime = part.ErrorTime, ErrorSeverity = part.ErrorSeverity, ErrorRetryCondition = part.ErrorRetryCondition,
        ErrorEntities = part.ErrorEntities,
    };
}

public sealed record DiskConfig(
    string VolumeKey = "",
    string FileLocation = "",
    bool ReadOnly = false,
    ImageFormat Format = default,
    string MountDir = "",
    string DisplayName = "",
    string WWN = "",
    DriveTarget Target = default,
    string CustomMeta = "");

public sealed record OemWindowsLicenseKeyInfo(
    DmiSystemInfo? SystemInfo = null,
    OemWindowsLicenseQemu? Qemu = null,
    OemWindowsLicenseXen? Xen = null)
{
    public DmiSystemInfo SystemInfo { get; init; } = SystemInfo ?? new();
    public OemWindowsLicenseQemu Qemu { get; init; } = Qemu ?? new();
    public OemWindowsLicenseXen Xen { get; init; } = Xen ?? new();
}

public sealed record DmiSystemInfo(
    string Manufacturer = "",
    string ProductName = "",
    string Version = "",
    string SerialNumber = "",
    string UUID = "",
    string SKUNumber = "",
    string Family = "");

public sealed record OemWindowsLicenseQemu(ValueList<string> DomainArguments = default);

public sealed record OemWindowsLicenseXen();
