namespace Eve.Agents.Ledmanager;

/// <summary>Lights by /sys below the device's root.</summary>
public sealed class SysfsLeds(EvePaths paths) : ILeds
{
    /// <inheritdoc />
    public string HardwareModel()
    {
        var told = Read(Path.Combine(paths.Status, "hardwaremodel"));
        if (told.Length > 0)
            return told;
        var (vendor, product) = (Read(Dmi("sys_vendor")), Read(Dmi("product_name")));
        return vendor.Length + product.Length > 0 ? $"{vendor}.{product}" : "";
    }

    /// <inheritdoc />
    public bool Take(string name, int? gpio = null)
    {
        if (gpio is { } line)
        {
            Write(Path.Combine(paths.Sys, "class/gpio/export"), $"{line}");
            Write(Path.Combine(paths.Sys, $"class/gpio/gpio{line}/direction"), "out");
        }
        else
        {
            Write(Path.Combine(Folder(name), "trigger"), "none");
        }
        return Write(Switch(name), "0");
    }

    /// <inheritdoc />
    public void Set(string name, bool on) => Write(Switch(name), on ? Brightest(name) : "0");

    string Brightest(string name) => Read(Path.Combine(Folder(name), "max_brightness")) is { Length: > 0 } most ? most : "1";

    string Dmi(string name) => Path.Combine(paths.Sys, "class/dmi/id", name);

    // Absolute names are below the device's root as well.
    string Switch(string name) => name.StartsWith('/') ? paths.Under(name[1..]) : Path.Combine(Folder(name), "brightness");

    string Folder(string name) => name.StartsWith('/') ? Path.GetDirectoryName(paths.Under(name[1..]))! : Path.Combine(paths.Sys, "class/leds", name);

    static string Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // A light that is not there, or is gone, is no reason to stop: nothing but a light depends on it.
    static bool Write(string path, string text)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(text));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
