namespace Eve.Platform;

/// <summary>Keeps a device that is not the machine itself away from the machine's own network.</summary>
internal static class MachineNetwork
{
    /// <summary>Why this device may not touch interfaces where it runs; null if it may.</summary>
    public static string? Refusal(DeviceOptions options) =>
        new EvePaths(options.Root).IsMachine || options.ManageMachineNetwork || !IsInitialNamespace()
            ? null
            : "This device does not manage the machine's own network: run it in a network namespace (ip netns exec NAME zedbox …), or say --manage-machine-network.";

    // Process 1 lives in the initial namespace. Where it may not be looked at, a namespace that "ip netns" has made is told by its name.
    static bool IsInitialNamespace()
    {
        try
        {
            return Libc.Inode("/proc/1/ns/net") == Libc.Inode(Own);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return !Directory.Exists(Named) || !Directory.GetFiles(Named).Any(file => Libc.Inode(file) == Libc.Inode(Own));
        }
    }

    const string Own = "/proc/self/ns/net";
    const string Named = "/run/netns";
}
