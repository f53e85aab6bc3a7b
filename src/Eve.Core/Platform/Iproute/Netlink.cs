namespace Eve.Platform;

/// <summary>What /proc tells of netlink sockets.</summary>
internal static class Netlink
{
    const string RouteProtocol = "0";

    /// <summary>Whether a process has a socket that hears of changes. Its port number is the process id, as iproute2 has it.</summary>
    public static bool Listens(int processId)
    {
        try
        {
            return File.ReadLines($"/proc/{processId}/net/netlink").Skip(1)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Any(columns => columns.Length > 3 && columns[1] == RouteProtocol && columns[2] == $"{processId}" && columns[3] != "00000000");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
