namespace Eve.Platform;

/// <summary>Keeps a device that is not the machine itself away from the machine's own network.</summary>
internal static class MachineNetwork
{
    /// <summary>Why this device may not touch interfaces where it runs; null if it may.</summary>
    public static string? Refusal(DeviceOptions options) =>
        new EvePaths(options.Root).IsMachine || options.ManageMachineNetwork || !IsInitialNamespace()
            ? null
            : "This device does not manage the machine's own network: run it in a network namespace (ip netns exec NAME zedbox …), or say --manage-machine-network.";

    // Process 1 lives in the initial namespace; one that may not look there cannot manage a network either.
    static bool IsInitialNamespace()
    {
        try
        {
            return File.ResolveLinkTarget("/proc/1/ns/net", false)?.Name == File.ResolveLinkTarget("/proc/self/ns/net", false)?.Name;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
