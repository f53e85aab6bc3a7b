namespace Eve.Agents.Ledmanager;

/// <summary>The lights of a machine.</summary>
public interface ILeds
{
    /// <summary>The hardware model as EVE writes it (MANUFACTURER.PRODUCT); empty if it is not known.</summary>
    string HardwareModel();

    /// <summary>Takes a light over from the kernel; false if there is none of that name.</summary>
    /// <param name="name">A name under /sys/class/leds, or an absolute path.</param>
    /// <param name="gpio">The line to export first, if it hangs on one.</param>
    bool Take(string name, int? gpio = null);

    /// <summary>Switches a light that was taken over.</summary>
    void Set(string name, bool on);
}
