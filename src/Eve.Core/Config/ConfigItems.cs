using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>EVE's 130 configuration items, in the order of their keys: what a device can be told beside its configuration proper.</summary>
/// <remarks>One file, however long: it is a table.</remarks>
public static partial class ConfigItems
{
    // Filled by the lines below, which run in the order of the text.
    static readonly List<ConfigItem> Declared = [];

    /// <summary>Whether the device is cut off from the internet, with a controller beside it.</summary>
    public static readonly ConfigItem<TriState> AirgapMode = Choice("airgap.mode", TriState.None);
    /// <summary>Whether VNC of apps may be reached from outside the device.</summary>
    public static readonly ConfigItem<bool> AppAllowVnc = Bool("app.allow.vnc", false);
    /// <summary>Boot order of apps that do not name one: empty, usb (first) or nousb.</summary>
    public static readonly ConfigItem<string> AppBootOrder = Text("app.boot.order", "", ConfigTexts.BootOrder);
    /// <summary>Whether TCP segments of apps are fitted to the MTU of the path.</summary>
    public static readonly ConfigItem<bool> AppEnableTcpMssClamping = Bool("app.enable.tcp.mss.clamping", true);
    /// <summary>Screen resolution of apps in FML mode.</summary>
    public static readonly ConfigItem<string> AppFmlResolution = Text("app.fml.resolution", "");
    /// <summary>How often the download of one blob is tried.</summary>
    public static readonly ConfigItem<uint> BlobDownloadMaxRetries = Number("blob.download.max.retries", 5, min: 1, max: 10);
    /// <summary>Whether passwords may be sent to a datastore without TLS.</summary>
    public static readonly ConfigItem<bool> DatastoreHttpAllowInsecureAuth = Bool("datastore.http.security.allowinsecureauth", false);
    /// <summary>What agents log on the device, unless one has a level of its own.</summary>
    public static readonly ConfigItem<LogLevel> DefaultLogLevel = Level("debug.default.loglevel");
    /// <summary>What of the agents' logs goes to the controller, unless one has a level of its own.</summary>
    public static readonly ConfigItem<LogLevel> DefaultRemoteLogLevel = Level("debug.default.remote.loglevel");
    /// <summary>Whether apps get the subnet's mask by DHCP instead of /32.</summary>
    public static readonly ConfigItem<bool> DisableDhcpAllOnesNetmask = Bool("debug.disable.dhcp.all-ones.netmask", false);
    /// <summary>Whether the local console lets anybody in; false once a controller has been heard that does not set it.</summary>
    public static readonly ConfigItem<bool> ConsoleAccess = Bool("debug.enable.console", true, controller: false);
    /// <summary>Whether apps boot by a UEFI firmware that logs.</summary>
    public static readonly ConfigItem<bool> EfiDebug = Bool("debug.enable.efi", false);
    /// <summary>The public keys that may log in by SSH; empty for none.</summary>
    public static readonly ConfigItem<string> SshAuthorizedKeys = Text("debug.enable.ssh", "");
    /// <summary>Whether the device itself keeps the USB controllers; false once a controller has been heard that does not set it.</summary>
    public static readonly ConfigItem<bool> UsbAccess = Bool("debug.enable.usb", true, controller: false);
    /// <summary>Whether the device itself keeps the screen; false once a controller has been heard that does not set it.</summary>
    public static readonly ConfigItem<bool> VgaAccess = Bool("debug.enable.vga", true, controller: false);
    /// <summary>Whether VNC of the VM around a container may be reached.</summary>
    public static readonly ConfigItem<bool> VncShimVmAccess = Bool("debug.enable.vnc.shim.vm", false);
    /// <summary>What of the kernel's log is kept.</summary>
    public static readonly ConfigItem<SyslogLevel> KernelLogLevel = Syslog("debug.kernel.loglevel");
    /// <summary>What of the kernel's log goes to the controller.</summary>
    public static readonly ConfigItem<SyslogLevel> KernelRemoteLogLevel = Syslog("debug.kernel.remote.loglevel");
    /// <summary>What one agent logs on the device: the override of <see cref="DefaultLogLevel"/>.</summary>
    public static readonly ConfigItem<LogLevel> AgentLogLevel = Level("debug.loglevel", perAgent: true);
    /// <summary>Whether a debugger may be attached to guests.</summary>
    public static readonly ConfigItem<bool> QemuGdb = Bool("debug.qemu.gdb", false);
    /// <summary>Whether a guest that crashes leaves its memory behind.</summary>
    public static readonly ConfigItem<bool> QemuGuestCore = Bool("debug.qemu.guest.core", true);
    /// <summary>Whether accesses to an integrated GPU are trapped one by one.</summary>
    public static readonly ConfigItem<bool> QemuIgpuNoMmap = Bool("debug.qemu.igpu.no.mmap", false);
    /// <summary>Whether a guest that crashes is held for inspection.</summary>
    public static readonly ConfigItem<bool> QemuPauseOnCrash = Bool("debug.qemu.pause.on.crash", false);
    /// <summary>Whether QEMU itself leaves a core file when it crashes.</summary>
    public static readonly ConfigItem<bool> QemuProcessCore = Bool("debug.qemu.process.core", true);
    /// <summary>Whether that core file holds the guest's memory too.</summary>
    public static readonly ConfigItem<bool> QemuProcessCoreGuestRam = Bool("debug.qemu.process.core.guest.ram", false);
    /// <summary>QEMU's trace events that are recorded.</summary>
    public static readonly ConfigItem<string> QemuTraceEvents = Text("debug.qemu.trace.events", "");
    /// <summary>What of one agent's log goes to the controller: the override of <see cref="DefaultRemoteLogLevel"/>.</summary>
    public static readonly ConfigItem<LogLevel> AgentRemoteLogLevel = Level("debug.remote.loglevel", perAgent: true);
    /// <summary>What of the system's log is kept.</summary>
    public static readonly ConfigItem<SyslogLevel> SyslogLogLevel = Syslog("debug.syslog.loglevel");
    /// <summary>What of the system's log goes to the controller.</summary>
    public static readonly ConfigItem<SyslogLevel> SyslogRemoteLogLevel = Syslog("debug.syslog.remote.loglevel");
    /// <summary>What the local monitor logs.</summary>
    public static readonly ConfigItem<string> TuiLogLevel = Text("debug.tui.loglevel", "info");
    /// <summary>Whether DHCP requests of ports say that this is an EVE device.</summary>
    public static readonly ConfigItem<bool> DhcpVendorClassId = Bool("dhcp.enable.vendorclassid", true);
    /// <summary>What diag asks by HTTP to see whether the internet is there; empty for nothing.</summary>
    public static readonly ConfigItem<string> DiagHttpEndpoint = Text("diag.probe.remote.http.endpoint", "www.google.com", ConfigTexts.HttpEndpoint);
    /// <summary>What diag asks by HTTPS to see whether the internet is there; empty for nothing.</summary>
    public static readonly ConfigItem<string> DiagHttpsEndpoint = Text("diag.probe.remote.https.endpoint", "www.google.com", ConfigTexts.HttpsEndpoint);
    /// <summary>How long an unreachable Kubernetes API holds a drain up.</summary>
    public static readonly ConfigItem<TimeSpan> DrainSkipApiUnreachable = Seconds("drain.skip.k8sapinotreachable.timeout", 300, min: 1);
    /// <summary>The public key that edgeview clients sign with.</summary>
    public static readonly ConfigItem<string> EdgeviewPublicKey = Text("edgeview.authen.publickey", "");
    /// <summary>Each change of it makes the device start its other image.</summary>
    public static readonly ConfigItem<uint> ForceFallbackCounter = Number("force.fallback.counter", 0);
    /// <summary>EVE's Go collector only; kept and reported.</summary>
    public static readonly ConfigItem<uint> ForcedCollectionGrowthMiB = Number("gogc.forced.growth.memory.MiB", 50, min: 10, max: 1024);
    /// <summary>EVE's Go collector only; kept and reported.</summary>
    public static readonly ConfigItem<uint> ForcedCollectionGrowthPercent = Number("gogc.forced.growth.memory.percent", 20, min: 5, max: 300);
    /// <summary>EVE's Go collector only; kept and reported.</summary>
    public static readonly ConfigItem<TimeSpan> ForcedCollectionInterval = Seconds("gogc.forced.interval.seconds", 10, max: 1000);
    /// <summary>EVE's Go collector only; kept and reported.</summary>
    public static readonly ConfigItem<uint> CollectionMemoryLimitBytes = Number("gogc.memory.limit.bytes", 0);
    /// <summary>EVE's Go collector only; kept and reported.</summary>
    public static readonly ConfigItem<uint> CollectionPercent = Number("gogc.percent", 100, max: 500);
    /// <summary>EVE's Go runtime only; kept and reported.</summary>
    public static readonly ConfigItem<TimeSpan> LeakCheckInterval = Minutes("goroutine.leak.detection.check.interval.minutes", 1, min: 1);
    /// <summary>EVE's Go runtime only; kept and reported.</summary>
    public static readonly ConfigItem<TimeSpan> LeakCheckWindow = Minutes("goroutine.leak.detection.check.window.minutes", 10, min: 10);
    /// <summary>EVE's Go runtime only; kept and reported.</summary>
    public static readonly ConfigItem<TimeSpan> LeakCheckCooldown = Minutes("goroutine.leak.detection.cooldown.minutes", 5, min: 1);
    /// <summary>EVE's Go runtime only; kept and reported.</summary>
    public static readonly ConfigItem<TimeSpan> LeakCheckKeepStats = Hours("goroutine.leak.detection.keep.stats.hours", 24, min: 1);
    /// <summary>EVE's Go runtime only; kept and reported.</summary>
    public static readonly ConfigItem<uint> LeakCheckThreshold = Number("goroutine.leak.detection.threshold", 5000, min: 1);
    /// <summary>File name of the firmware driver for an integrated GPU's screen; a plain name.</summary>
    public static readonly ConfigItem<string> IgpuGop = Text("igpu.gop", "", ConfigTexts.PlainName);
    /// <summary>Whether the device's own memory use is analysed.</summary>
    public static readonly ConfigItem<bool> MemoryMonitorAnalyze = Bool("internal-memory-monitor.analyze.enabled", true);
    /// <summary>Whether the device's own memory use is recorded.</summary>
    public static readonly ConfigItem<bool> MemoryMonitorStore = Bool("internal-memory-monitor.store.enabled", true);
    /// <summary>K3s's configuration file, base64.</summary>
    public static readonly ConfigItem<string> K3sConfigOverride = Text("k3s.config.override", "", ConfigTexts.Base64);
    /// <summary>The K3s version to run.</summary>
    public static readonly ConfigItem<string> K3sVersion = Text("k3s.version", "", ConfigTexts.K3sVersion);
    /// <summary>How much longer a drain of all nodes may take than that of one.</summary>
    public static readonly ConfigItem<uint> DrainAllNodesMultiple = Number("kubernetes.drain.allnodes.config.multiple", 2, min: 1, max: 1000);
    /// <summary>How long the drain of a node may take.</summary>
    public static readonly ConfigItem<TimeSpan> DrainTimeout = Hours("kubernetes.drain.timeout", 24, min: 1);
    /// <summary>The events after which VMs are spread anew.</summary>
    public static readonly ConfigItem<string> DescheduleEvents = Text("kubernetes.vmi.deschedule.events", "");
    /// <summary>Source files whose log lines are counted and sent once.</summary>
    public static readonly ConfigItem<string> LogCountFilenames = Text("log.count.filenames", "");
    /// <summary>How many lines back a repeated error is not sent again; 0 for off.</summary>
    public static readonly ConfigItem<uint> LogDedupWindow = Number("log.dedup.window.size", 0);
    /// <summary>Source files whose log lines are not sent.</summary>
    public static readonly ConfigItem<string> LogFilterFilenames = Text("log.filter.filenames", "");
    /// <summary>Whether the device is under maintenance and runs no apps.</summary>
    public static readonly ConfigItem<TriState> MaintenanceMode = Choice("maintenance.mode", TriState.None);
    /// <summary>Whether memory pressure of the machine is watched.</summary>
    public static readonly ConfigItem<bool> MemoryMonitorEnabled = Bool("memory-monitor.enabled", false);
    /// <summary>Whether apps start even if they want more memory than there is.</summary>
    public static readonly ConfigItem<bool> MemoryAppsIgnoreCheck = Bool("memory.apps.ignore.check", false);
    /// <summary>Memory kept for the device itself, in MiB; the platform says the least.</summary>
    public static readonly ConfigItem<uint> EveMemoryLimitMiB = PlatformNumber("memory.eve.limit.MiB", platform => platform.MemoryLimitMiB);
    /// <summary>Memory kept for the device itself; the platform says the least.</summary>
    public static readonly ConfigItem<uint> EveMemoryLimitBytes = PlatformNumber("memory.eve.limit.bytes", platform => platform.MemoryLimitUInt);
    /// <summary>Memory that a guest's QEMU may use beside the guest's; 0 for an estimate.</summary>
    public static readonly ConfigItem<uint> VmmMemoryLimitMiB = Number("memory.vmm.limit.MiB", 0, max: 1_073_741_824);
    /// <summary>How many requests for metrics an app may send at once.</summary>
    public static readonly ConfigItem<uint> MetricsBurst = Number("msrv.prometheus.metrics.burst", 10, min: 1);
    /// <summary>After how long without requests an app's rate is forgotten.</summary>
    public static readonly ConfigItem<TimeSpan> MetricsIdleTimeout = Seconds("msrv.prometheus.metrics.idletimeout.seconds", 240, min: 1);
    /// <summary>How many requests for metrics an app may send per second.</summary>
    public static readonly ConfigItem<uint> MetricsPerSecond = Number("msrv.prometheus.metrics.rps", 1, min: 1);
    /// <summary>Whether recorded downloads hold the values of HTTP fields.</summary>
    public static readonly ConfigItem<bool> NetdumpHttpFieldValues = Bool("netdump.downloader.http.with.fieldvalue", false);
    /// <summary>Whether recorded downloads hold packets.</summary>
    public static readonly ConfigItem<bool> NetdumpDownloaderPcap = Bool("netdump.downloader.with.pcap", false);
    /// <summary>Whether network trouble is recorded to files.</summary>
    public static readonly ConfigItem<bool> NetdumpEnabled = Bool("netdump.enable", true);
    /// <summary>How many of those files are kept per kind.</summary>
    public static readonly ConfigItem<uint> NetdumpMaxCount = Number("netdump.topic.maxcount", 10, min: 1);
    /// <summary>How often they are written once the device is onboarded.</summary>
    public static readonly ConfigItem<TimeSpan> NetdumpIntervalOnboarded = Seconds("netdump.topic.postonboard.interval", 86400, min: 60);
    /// <summary>How often they are written before.</summary>
    public static readonly ConfigItem<TimeSpan> NetdumpIntervalOnboarding = Seconds("netdump.topic.preonboard.interval", 3600, min: 60);
    /// <summary>The dearest port that downloads may use.</summary>
    public static readonly ConfigItem<uint> DownloadMaxCost = Number("network.download.max.cost", 0, max: 255);
    /// <summary>Whether any Ethernet port is tried with DHCP when nothing else works.</summary>
    public static readonly ConfigItem<TriState> NetworkFallbackAnyEthernet = Choice("network.fallback.any.eth", TriState.Disabled);
    /// <summary>Whether apps on local networks get MAC addresses of the old form.</summary>
    public static readonly ConfigItem<bool> LegacyMacAddresses = Bool("network.local.legacy.mac.address", false);
    /// <summary>Whether addresses of apps on switches are learned from ARP.</summary>
    public static readonly ConfigItem<bool> SwitchArpSnoop = Bool("network.switch.enable.arpsnoop", true);
    /// <summary>Whether waiting log files are sent without pauses.</summary>
    public static readonly ConfigItem<bool> LogFastUpload = Bool("newlog.allow.fastupload", false);
    /// <summary>How much of the disk log files may take.</summary>
    public static readonly ConfigItem<uint> LogMaxMegabytes = Number("newlog.gzipfiles.ondisk.maxmegabytes", 2048, min: 10);
    /// <summary>How often DHCP is tried again after port authentication.</summary>
    public static readonly ConfigItem<uint> PnacDhcpRetries = Number("pnac.dhcp.reacquire.max.retries", 4, max: 8);
    /// <summary>Whether cloud-init user data in parts is taken apart by the device.</summary>
    public static readonly ConfigItem<bool> CloudInitMultipart = Bool("process.cloud-init.multipart", false);
    /// <summary>How long until a failed certificate enrolment is tried again.</summary>
    public static readonly ConfigItem<TimeSpan> ScepRetryInterval = Seconds("scep.retry.interval", 300, min: 60, max: 3600);
    /// <summary>Whether volumes are made even if they want more space than there is.</summary>
    public static readonly ConfigItem<bool> StorageAppsIgnoreDiskCheck = Bool("storage.apps.ignore.disk.check", false);
    /// <summary>The most space that is kept for the device itself.</summary>
    public static readonly ConfigItem<uint> StorageDeviceMaxBytes = Number("storage.dom0.disk.maxusagebytes", 2_147_483_648, min: 104_857_600);
    /// <summary>The share of the disk that is kept for the device itself.</summary>
    public static readonly ConfigItem<uint> StorageDeviceMinPercent = Number("storage.dom0.disk.minusage.percent", 20, min: 20, max: 80);
    /// <summary>Space that Longhorn leaves free.</summary>
    public static readonly ConfigItem<uint> LonghornReservedGigabytes = Number("storage.longhorn.disk.reserved.gigabytes", 2, max: 1_048_576);
    /// <summary>When Longhorn lets a node be drained.</summary>
    public static readonly ConfigItem<string> LonghornDrainPolicy =
        Text("storage.longhorn.node-drain-policy", "block-for-eviction-if-contains-last-replica", ConfigTexts.DrainPolicy);
    /// <summary>When Longhorn takes snapshots, as five cron fields; empty for never.</summary>
    public static readonly ConfigItem<string> LonghornSnapshotCron = Text("storage.longhorn.snapshot.cron", "0 0 * * *", ConfigTexts.Cron);
    /// <summary>The share of a ZFS pool that stays free.</summary>
    public static readonly ConfigItem<uint> ZfsReservedPercent = Number("storage.zfs.reserved.percent", 20, min: 1, max: 99);
    /// <summary>How often containers inside apps are asked for their figures.</summary>
    public static readonly ConfigItem<TimeSpan> AppContainerStatsInterval = Seconds("timer.appcontainer.stats.interval", 300, min: 1);
    /// <summary>How long until a domain that failed to start is tried again.</summary>
    public static readonly ConfigItem<TimeSpan> BootRetry = Seconds("timer.boot.retry", 600, min: 10);
    /// <summary>How often the controller's certificates are fetched.</summary>
    public static readonly ConfigItem<TimeSpan> CertInterval = Seconds("timer.cert.interval", 86400, min: 60);
    /// <summary>How often the configuration is fetched.</summary>
    public static readonly ConfigItem<TimeSpan> ConfigInterval = Seconds("timer.config.interval", 60, min: 5, max: 86400);
    /// <summary>How long content without a user is kept.</summary>
    public static readonly ConfigItem<TimeSpan> DeferContentDelete = Seconds("timer.defer.content.delete", 0, max: 86400);
    /// <summary>How often the device's info message is sent even if nothing changed.</summary>
    public static readonly ConfigItem<TimeSpan> DeviceInfoInterval = Seconds("timer.deviceinfo.interval", 600, min: 30);
    /// <summary>How long connecting to the controller may take; 0 for the system's own time.</summary>
    public static readonly ConfigItem<TimeSpan> DialTimeout = Seconds("timer.dial.timeout", 10, max: 3600);
    /// <summary>How long until a failed download is tried again.</summary>
    public static readonly ConfigItem<TimeSpan> DownloadRetry = Seconds("timer.download.retry", 600, min: 60);
    /// <summary>After how long without progress a download is broken off.</summary>
    public static readonly ConfigItem<TimeSpan> DownloadStalled = Seconds("timer.download.stalled", 600, min: 20);
    /// <summary>How long volumes that nobody wants are kept.</summary>
    public static readonly ConfigItem<TimeSpan> VolumeCollectInterval = Seconds("timer.gc.vdisk", 3600, min: 60);
    /// <summary>How often the health of the hardware is reported.</summary>
    public static readonly ConfigItem<TimeSpan> HardwareHealthInterval = Seconds("timer.hardwarehealth.interval", 43200, min: 21600);
    /// <summary>How often the position is handed to apps.</summary>
    public static readonly ConfigItem<TimeSpan> LocationAppInterval = Seconds("timer.location.app.interval", 20, min: 5, max: 3600);
    /// <summary>How often the position is sent to the controller.</summary>
    public static readonly ConfigItem<TimeSpan> LocationCloudInterval = Seconds("timer.location.cloud.interval", 3600, min: 300);
    /// <summary>How often the local profile server is told how apps boot.</summary>
    public static readonly ConfigItem<TimeSpan> LpsAppBootInfoInterval = Seconds("timer.lps.appbootinfo.interval", 60, min: 3, max: 3600);
    /// <summary>How often the local profile server is told of the apps.</summary>
    public static readonly ConfigItem<TimeSpan> LpsAppInfoInterval = Seconds("timer.lps.appinfo.interval", 60, min: 3, max: 3600);
    /// <summary>How often the local profile server is told of the device.</summary>
    public static readonly ConfigItem<TimeSpan> LpsDeviceInfoInterval = Seconds("timer.lps.devinfo.interval", 60, min: 3, max: 3600);
    /// <summary>How often the local profile server is asked for network settings.</summary>
    public static readonly ConfigItem<TimeSpan> LpsNetworkInterval = Seconds("timer.lps.network.interval", 60, min: 3, max: 3600);
    /// <summary>How often the local profile server is asked for the profile.</summary>
    public static readonly ConfigItem<TimeSpan> LpsProfileInterval = Seconds("timer.lps.profile.interval", 60, min: 3, max: 3600);
    /// <summary>How often the local profile server is asked whether radios may send.</summary>
    public static readonly ConfigItem<TimeSpan> LpsRadioInterval = Seconds("timer.lps.radio.interval", 5, min: 3, max: 3600);
    /// <summary>How often used disk space is counted anew.</summary>
    public static readonly ConfigItem<TimeSpan> DiskScanInterval = Seconds("timer.metric.diskscan.interval", 300, min: 5, max: 3600);
    /// <summary>How often metrics are sent.</summary>
    public static readonly ConfigItem<TimeSpan> MetricInterval = Seconds("timer.metric.interval", 60, min: 5, max: 3600);
    /// <summary>How often the state of time sources is sent.</summary>
    public static readonly ConfigItem<TimeSpan> NtpSourcesInterval = Seconds("timer.ntpsources.interval", 600, min: 60);
    /// <summary>How often a port's place is looked up anew.</summary>
    public static readonly ConfigItem<TimeSpan> PortGeoRedo = Seconds("timer.port.georedo", 3600, min: 60);
    /// <summary>How long until a failed look-up of a port's place is tried again.</summary>
    public static readonly ConfigItem<TimeSpan> PortGeoRetry = Seconds("timer.port.georetry", 600, min: 5);
    /// <summary>How often a better port configuration than the one in use is tried; 0 for never.</summary>
    public static readonly ConfigItem<TimeSpan> PortTestBetterInterval = Seconds("timer.port.testbetterinterval", 600);
    /// <summary>How long a port configuration that is tried may take to get addresses.</summary>
    public static readonly ConfigItem<TimeSpan> PortTestDuration = Seconds("timer.port.testduration", 30, min: 10, max: 3600);
    /// <summary>How often the port configuration in use is tested.</summary>
    public static readonly ConfigItem<TimeSpan> PortTestInterval = Seconds("timer.port.testinterval", 300, min: 300, max: 3600);
    /// <summary>How long one request of a connectivity test may take.</summary>
    public static readonly ConfigItem<TimeSpan> PortTimeout = Seconds("timer.port.timeout", 15, max: 3600);
    /// <summary>After how long without the controller the device restarts.</summary>
    public static readonly ConfigItem<TimeSpan> RebootNoNetwork = Seconds("timer.reboot.no.network", 604_800, min: 120);
    /// <summary>How long one request to the controller may take.</summary>
    public static readonly ConfigItem<TimeSpan> SendTimeout = Seconds("timer.send.timeout", 120, max: 3600);
    /// <summary>How long a new image must work before it stays.</summary>
    public static readonly ConfigItem<TimeSpan> BaseImageTestTime = Seconds("timer.test.baseimage.update", 600, min: 30, max: 3600);
    /// <summary>After how long without the controller a new image under test is given up.</summary>
    public static readonly ConfigItem<TimeSpan> UpdateFallbackNoNetwork = Seconds("timer.update.fallback.no.network", 300, min: 60);
    /// <summary>How long a vault may stay locked before a new image under test is given up.</summary>
    public static readonly ConfigItem<TimeSpan> VaultReadyCutoff = Seconds("timer.vault.ready.cutoff", 300, min: 60);
    /// <summary>When the vault's unused blocks are given back, as five cron fields; empty for never.</summary>
    public static readonly ConfigItem<string> VaultTrimCron = Text("timer.vault.trim.cron", "0 2 * * 6,0", ConfigTexts.Cron);
    /// <summary>How long that may take; 0 for no limit.</summary>
    public static readonly ConfigItem<TimeSpan> VaultTrimMaxTime = Seconds("timer.vault.trim.max.secs", 1800);
    /// <summary>When a ZFS pool's unused blocks are given back, as five cron fields; empty for never.</summary>
    public static readonly ConfigItem<string> ZfsTrimCron = Text("timer.zfs.pool.trim.cron", "0 3 * * 6,0", ConfigTexts.Cron);
    /// <summary>The log filter's configuration, base64.</summary>
    public static readonly ConfigItem<string> VectorConfig = Text("vector.config", "", ConfigTexts.Base64);
    /// <summary>Whether logs pass the log filter.</summary>
    public static readonly ConfigItem<bool> VectorEnabled = Bool("vector.enabled", true);
    /// <summary>Whether a modem that is stuck gets its drivers loaded anew.</summary>
    public static readonly ConfigItem<bool> WwanReloadDrivers = Bool("wwan.modem.recovery.reload.drivers", false);
    /// <summary>Whether a stuck ModemManager is started anew.</summary>
    public static readonly ConfigItem<bool> WwanRestartModemManager = Bool("wwan.modem.recovery.restart.modemmanager", false);
    /// <summary>Whether a modem that stays stuck ends in a reboot.</summary>
    public static readonly ConfigItem<bool> WwanWatchdog = Bool("wwan.modem.recovery.watchdog", false);
    /// <summary>Whether modems look for the networks around them.</summary>
    public static readonly ConfigItem<bool> WwanVisibleProviders = Bool("wwan.query.visible.providers", false);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<ConfigItem> All = [.. Declared];
}
