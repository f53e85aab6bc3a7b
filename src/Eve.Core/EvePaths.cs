namespace Eve;

/// <summary>Every folder that a device uses, all below one root: a whole device can live in a temporary folder.</summary>
/// <param name="Root">The root; <c>/</c> on a real device.</param>
public sealed record EvePaths(string Root = "/")
{
    /// <summary>Whether this device owns the machine: only then may it set the clock, the host name or /etc, or reboot it.</summary>
    public bool IsMachine => Path.GetFullPath(Root) == "/";

    /// <summary>/config: identity, controller's address, certificates (device-agents.md 3.4).</summary>
    public string Config => Under("config");

    /// <summary>/persist: what outlives a reboot.</summary>
    public string Persist => Under("persist");

    /// <summary>/run: what does not.</summary>
    public string Run => Under("run");

    /// <summary>/persist/status: persistent topics and small state files.</summary>
    public string Status => Path.Combine(Persist, "status");

    /// <summary>/persist/checkpoint: the last configuration and the controller's certificates.</summary>
    public string Checkpoint => Path.Combine(Persist, "checkpoint");

    /// <summary>/persist/certs: certificates that tpmmgr makes.</summary>
    public string Certs => Path.Combine(Persist, "certs");

    /// <summary>/persist/vault: what the vault protects.</summary>
    public string Vault => Path.Combine(Persist, "vault");

    /// <summary>/persist/newlog: collected log files that wait for their upload.</summary>
    public string Newlog => Path.Combine(Persist, "newlog");

    /// <summary>/sys, for LEDs, DMI and the like.</summary>
    public string Sys => Under("sys");

    /// <summary>A path below the root, given without its leading slash.</summary>
    public string Under(string path) => Path.Combine(Root, path);
}
