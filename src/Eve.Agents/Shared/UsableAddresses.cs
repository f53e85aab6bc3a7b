using System.Net;
using Eve.Topics;

namespace Eve.Agents.Shared;

/// <summary>Which addresses of a device lead beyond their own link.</summary>
internal static class UsableAddresses
{
    /// <summary>Whether an address leads beyond its own link.</summary>
    public static bool IsUsable(string text) => IPAddress.TryParse(text, out var address) && ManagementPorts.IsUsable(address);

    /// <summary>How many the device has, on any port.</summary>
    public static int Count(DeviceNetworkStatus? network) => network?.Ports.Sum(p => p.AddrInfoList.Count(a => IsUsable(a.Addr))) ?? 0;
}
