using System.Text;
using Eve.Platform;

namespace Eve.Agents.Client;

/// <summary>The small files in which a device keeps who it is, and the machine's own words about itself.</summary>
public sealed class DeviceFiles(EvePaths paths, IFiles files)
{
    const string HostnameFile = "/proc/sys/kernel/hostname";

    string UuidFile => Path.Combine(paths.Status, "uuid");
    string ModelFile => Path.Combine(paths.Status, "hardwaremodel");

    /// <summary>The UUID from an earlier boot; nil if there is none.</summary>
    internal Guid Uuid => Guid.TryParse(Read(UuidFile), out var uuid) ? uuid : Guid.Empty;

    /// <summary>The model from an earlier boot; empty if there is none.</summary>
    internal string Model => Read(ModelFile);

    /// <summary>The model by the installer's word, else by the firmware's.</summary>
    internal string MachineModel =>
        Read(Path.Combine(paths.Config, "hardwaremodel")) is { Length: > 0 } given ? given
        : (Dmi("sys_vendor"), Dmi("product_name")) is (var vendor, { Length: > 0 } product) ? $"{vendor}.{product}" : "";

    /// <summary>The machine's serial number by its firmware.</summary>
    internal string Serial => Dmi("product_serial");

    /// <summary>The serial number that the installer gave.</summary>
    internal string SoftSerial => Read(Path.Combine(paths.Config, "soft_serial"));

    /// <summary>Writes what differs.</summary>
    /// <exception cref="EveException">A file cannot be written.</exception>
    internal void Save(Guid uuid, string model)
    {
        Write(UuidFile, $"{uuid}\n");
        if (model.Length > 0)
            Write(ModelFile, model);
    }

    /// <summary>Names the machine after its device.</summary>
    /// <exception cref="EveException">The machine does not let it.</exception>
    internal static void NameMachine(Guid uuid)
    {
        try
        {
            File.WriteAllText(HostnameFile, $"{uuid}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EveException($"The host name {uuid} cannot be set by {HostnameFile}: {e.Message}", e);
        }
    }

    string Dmi(string name) => Read(Path.Combine(paths.Sys, "class/dmi/id", name));

    string Read(string file)
    {
        try
        {
            return files.Read(file) is { } content ? Encoding.UTF8.GetString(content).Trim() : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    void Write(string file, string text)
    {
        try
        {
            var content = Encoding.UTF8.GetBytes(text);
            if (files.Read(file) is not { } former || !former.AsSpan().SequenceEqual(content))
                files.Replace(file, content, mode: UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            else
                files.Sync(Path.GetDirectoryName(file)!);      // an earlier try may have failed at this step
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EveException($"{file} cannot be written: {e.Message}", e);
        }
    }
}
