using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Eve.Agents.Shared;

/// <summary>Finds a host's addresses as one port sees them: its own name servers are asked from its own address.</summary>
internal sealed class PortResolver(EvePaths paths, TimeProvider time, int dnsPort = 53)
{
    const int LongestAnswer = 65535, Rounds = 2;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The addresses of a host in the family of the source address.</summary>
    /// <exception cref="EveException">There are none; the message says who was asked.</exception>
    public async Task<ValueList<IPAddress>> ResolveAsync(string host, ManagementPort port, AddressFamily family, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
            return literal.AddressFamily == family ? [literal] : throw new EveException($"{host} is not reachable by {Name(family)}");
        var listed = Listed(host).Where(a => a.AddressFamily == family).ToArray();
        if (listed.Length > 0)
            return [.. listed];
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return [family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback];
        return port.DnsServers.Count == 0
            ? await BySystemAsync(host, family, cancellationToken)
            : await ByServersAsync(host, port, family, cancellationToken);
    }

    IEnumerable<IPAddress> Listed(string host)
    {
        foreach (var file in new[] { Path.Combine(paths.Config, "hosts"), paths.Under("etc/hosts") })
        {
            if (!File.Exists(file))
                continue;
            foreach (var address in HostsFile.Find(File.ReadAllText(file), host))
                yield return address;
        }
    }

    static async Task<ValueList<IPAddress>> BySystemAsync(string host, AddressFamily family, CancellationToken cancellationToken)
    {
        try
        {
            return [.. await Dns.GetHostAddressesAsync(host, family, cancellationToken)];
        }
        catch (SocketException exception)
        {
            throw new EveException($"the system does not find {host} by {Name(family)}: {exception.Message}", exception);
        }
    }

    async Task<ValueList<IPAddress>> ByServersAsync(string host, ManagementPort port, AddressFamily family, CancellationToken cancellationToken)
    {
        var complaints = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            complaints.Clear();
            foreach (var server in port.DnsServers)
            {
                var (addresses, complaint) = await AskAsync(host, port, server, family, cancellationToken);
                if (addresses.Count > 0)
                    return addresses;
                complaints.Add($"{server} {complaint}");
            }
        }
        throw new EveException($"no address of {host} by {Name(family)}: {string.Join("; ", complaints)}");
    }

    async Task<(ValueList<IPAddress> Addresses, string Complaint)> AskAsync(
        string host, ManagementPort port, IPAddress server, AddressFamily family, CancellationToken cancellationToken)
    {
        if (port.Addresses.FirstOrDefault(a => a.AddressFamily == server.AddressFamily) is not { } source)
            return ([], $"cannot be asked: {port.IfName} has no {Name(server.AddressFamily)} address");
        using var patience = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var query = DnsMessage.Query((ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1), host, family);
            var answer = await ByUdpAsync(query, source, server, stop.Token);
            if (answer.Truncated)
                answer = await ByTcpAsync(query, source, server, stop.Token);
            return (answer.Addresses, answer.Code switch { 0 => "knows none", DnsMessage.NoSuchName => "does not know it", var code => $"answers with code {code}" });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ([], $"is silent for {Patience.TotalSeconds} s");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return ([], $"cannot be asked: {e.Message}");
        }
    }

    async Task<DnsAnswer> ByUdpAsync(byte[] query, IPAddress source, IPAddress server, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(source, 0));
        await socket.ConnectAsync(new IPEndPoint(server, dnsPort), cancellationToken);
        await socket.SendAsync(query, cancellationToken);
        var buffer = new byte[LongestAnswer];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken);
            if (DnsMessage.Read(buffer.AsSpan(0, length), query) is { } answer)
                return answer;
        }
    }

    async Task<DnsAnswer> ByTcpAsync(byte[] query, IPAddress source, IPAddress server, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(source, 0));
        await socket.ConnectAsync(new IPEndPoint(server, dnsPort), cancellationToken);
        await using var stream = new NetworkStream(socket);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)query.Length);
        await stream.WriteAsync((byte[])[.. length, .. query], cancellationToken);
        await stream.ReadExactlyAsync(length, cancellationToken);
        var buffer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(buffer, cancellationToken);
        return DnsMessage.Read(buffer, query) ?? throw new IOException("the answer is to another question");
    }

    static string Name(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";
}
