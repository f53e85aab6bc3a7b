using System.Net;

namespace Eve.Samples.Controller;

/// <summary>What the controller does with a device that wants to be attested. It verifies no register values either way.</summary>
public enum AttestMode
{
    /// <summary>Takes each quote that repeats the nonce (or is empty, from a device without TPM) and says in the log that it did not verify it.</summary>
    Trust,

    /// <summary>Answers 404 to everything but certificates.</summary>
    Refuse,
}

/// <summary>How a controller is started. Port 0 lets the system choose.</summary>
public sealed record ControllerOptions
{
    /// <summary>Holds keys, devices, configurations and all that was received.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Served by the datastore; <c>datastore</c> in the data folder if not given.</summary>
    public string? DatastoreFolder { get; init; }

    /// <summary>Address of the device API and of the datastore.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    public int Port { get; init; }

    public int DatastorePort { get; init; }

    /// <summary>The datastore over TLS as well; null for none.</summary>
    public int? DatastoreTlsPort { get; init; }

    /// <summary>The administration has no passwords: keep it on loopback, or in a network of its own.</summary>
    public IPAddress AdminListen { get; init; } = IPAddress.Loopback;

    public int AdminPort { get; init; }

    /// <summary>The administration on a unix socket instead: reached from every network namespace of the machine.</summary>
    public string? AdminSocket { get; init; }

    /// <summary>Names and addresses in the TLS certificate, beside localhost and 127.0.0.1. Devices are told the first.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary><c>user:password</c> that the datastore asks for.</summary>
    public string? DatastoreUser { get; init; }

    /// <summary>A configuration (JSON) that a new device gets.</summary>
    public string? DefaultConfig { get; init; }

    public ControllerSettings Settings { get; init; } = new();

    public bool LogToConsole { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>What may be changed while the controller runs.</summary>
public sealed record ControllerSettings
{
    /// <summary>How an unchanged configuration is answered: 304, or 200 with the hash alone. Devices meet both.</summary>
    public int UnchangedStatus { get; init; } = StatusCodes.Status304NotModified;

    public AttestMode Attest { get; init; } = AttestMode.Trust;

    /// <summary>Refuses (403) the configuration to a device that was not attested.</summary>
    public bool RequireToken { get; init; }
}
