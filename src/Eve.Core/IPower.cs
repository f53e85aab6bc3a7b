namespace Eve;

/// <summary>How a device ends.</summary>
public enum PowerAction
{
    /// <summary>It starts again.</summary>
    Reboot,

    /// <summary>Its applications end; the device itself stays on, and nobody is asked to end it.</summary>
    Shutdown,

    /// <summary>The machine is switched off.</summary>
    Poweroff,
}

/// <summary>Ends the device once its agents have stopped everything in order.</summary>
public interface IPower
{
    /// <summary>Ends the device; returns when that is under way.</summary>
    Task EndAsync(PowerAction action, CancellationToken cancellationToken);
}
