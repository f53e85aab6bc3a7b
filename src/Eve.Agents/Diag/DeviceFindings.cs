using Eve.Topics;

namespace Eve.Agents.Diag;

/// <summary>The device itself: who it is, its configuration, its vault, what keeps it from working.</summary>
internal static class DeviceFindings
{
    public static IEnumerable<Finding> Of(DiagFacts facts) =>
        new[] { Onboarded(facts.Onboarding), State(facts.Zedagent), Config(facts.Zedagent), Attested(facts.Zedagent), Boot(facts.Nodeagent), Ending(facts.Nodeagent), Space(facts.Volumes) }
            .OfType<Finding>().Concat(Maintenance(facts.Zedagent, facts.Nodeagent)).Concat(facts.Vaults.Select(Vault));

    static Finding Onboarded(OnboardingStatus? onboarding) => onboarding is { DeviceUUID: var id } && id != Guid.Empty
        ? new(Grade.Info, "device", $"The device is {id}, a {onboarding.HardwareModel}.")
        : new(Grade.Warning, "device", "The device has no UUID.", "It was never onboarded.", "See the summary: it says how far the device has come.");

    static Finding? State(ZedAgentStatus? zedagent) =>
        zedagent is null or { DeviceState: DeviceState.Unspecified } ? null : new(Grade.Info, "device", $"Its state is {zedagent.DeviceState}.");

    static Finding Config(ZedAgentStatus? zedagent) => zedagent?.ConfigGetStatus switch
    {
        ConfigGetStatus.Success => new(Grade.Pass, "controller", "The configuration comes from the controller."),
        ConfigGetStatus.TemporaryFail => new(Grade.Warning, "controller", "The controller cannot give a configuration for the moment.",
            "It answered that it is busy or out of order.", "Wait; if it lasts, look at the controller."),
        ConfigGetStatus.ReadSaved => new(Grade.Warning, "controller", "The device runs on the configuration of an earlier day.",
            "The controller was not reached since the device started.", "Check the ports below and the controller."),
        ConfigGetStatus.Fail => new(Grade.Error, "controller", "The configuration cannot be fetched.",
            "The controller is not reached, or does not take the device's request.", "Check the ports below, the device's certificate at the controller, and the device's clock."),
        _ => new(Grade.Warning, "controller", "No configuration has been asked for yet.", "The device is not onboarded, or has just started.", "See the summary."),
    };

    static Finding? Attested(ZedAgentStatus? zedagent) => zedagent is not { AttestError.Length: > 0 } ? null
        : new(Grade.Error, "attestation", $"Attestation failed in state {zedagent.AttestState}.", zedagent.AttestError, "Compare the device's software with what the controller expects of it.");

    static Finding? Boot(NodeAgentStatus? nodeagent)
    {
        if (nodeagent is null || nodeagent is { BootReason: BootReason.None, RebootReason: "" })
            return null;
        var text = $"This is its start number {nodeagent.RestartCounter + 1}: {nodeagent.RebootReason} ({nodeagent.BootReason}).";
        return nodeagent.BootReason is BootReason.Fatal or BootReason.Oom or BootReason.WatchdogHung or BootReason.WatchdogPid or BootReason.Kernel or BootReason.HwWatchdog
            ? new(Grade.Warning, "device", text, "It did not end in order.", "See the logs from before that start.")
            : new(Grade.Info, "device", text);
    }

    static Finding? Ending(NodeAgentStatus? nodeagent) => nodeagent switch
    {
        { DeviceReboot: true } => new(Grade.Warning, "device", "It is about to reboot.", "Somebody asked for it, or the controller was not reached for too long.", "Wait."),
        { DevicePoweroff: true } => new(Grade.Warning, "device", "It is about to switch itself off.", "The controller asked for it.", "Wait."),
        { DeviceShutdown: true } => new(Grade.Warning, "device", "Its applications are shut down.", "The controller asked for it.", "Reboot the device by the controller."),
        _ => null,
    };

    static Finding? Space(VolumeMgrStatus? volumes) => volumes is not { Initialized: true } ? null
        : volumes.RemainingSpace > 0 ? new(Grade.Info, "storage", $"{volumes.RemainingSpace} bytes are left for applications.")
        : new(Grade.Error, "storage", "Nothing is left for applications.", "The disk is full.", "Delete applications or volumes, or give the device a larger disk.");

    static IEnumerable<Finding> Maintenance(ZedAgentStatus? zedagent, NodeAgentStatus? nodeagent) =>
        (zedagent?.MaintenanceModeReasons ?? default).Concat(nodeagent?.LocalMaintenanceModeReasons ?? default).Distinct()
            .Where(reason => reason != MaintenanceModeReason.None)
            .Select(reason => new Finding(Grade.Error, "device", "It is in maintenance mode and takes on nothing new.", $"{reason}.", Remedy(reason)));

    static string Remedy(MaintenanceModeReason reason) => reason switch
    {
        MaintenanceModeReason.UserRequested => "Set maintenance.mode to none or disabled at the controller.",
        MaintenanceModeReason.VaultLockedUp => "Let the controller send the vault's key: it does for a device whose attestation it accepts.",
        MaintenanceModeReason.LowDiskSpace => "Delete applications or volumes.",
        MaintenanceModeReason.EdgeNodeCertsRefused => "Have the controller accept the device's certificates.",
        _ => "Check the TPM.",
    };

    static Finding Vault(VaultStatus vault) => vault switch
    {
        { Error.Length: > 0 } or { Status: DataSecAtRestStatus.Error } => new(Grade.Error, "vault", $"{vault.Name}: it is locked.",
            (vault.Error.Length > 0 ? vault.Error : "It could not be opened.") + (vault.MismatchingPCRs.Count > 0 ? $" PCRs that differ: {string.Join(", ", vault.MismatchingPCRs)}." : ""),
            "Undo what changed in firmware or boot order, or accept it at the controller."),
        { Status: DataSecAtRestStatus.Disabled } => new(Grade.Warning, "vault", $"{vault.Name}: it is a plain folder.", "The device has no TPM that could keep its key.", "Use a machine with a TPM if its disk may be stolen."),
        { UnlockMethod: not (VaultUnlockMethod.None or VaultUnlockMethod.TpmLocalSealed or VaultUnlockMethod.NoTpm) } =>
            new(Grade.Warning, "vault", $"{vault.Name}: it is open.", $"It was not opened by the TPM alone ({vault.UnlockMethod}).", "See whether firmware or boot order was meant to change."),
        { ConversionComplete: false } => new(Grade.Info, "vault", $"{vault.Name}: it is being opened."),
        _ => new(Grade.Pass, "vault", $"{vault.Name}: it is encrypted and open."),
    };
}
