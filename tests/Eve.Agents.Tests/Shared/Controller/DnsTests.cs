using System.Net;
using System.Net.Sockets;
using Eve.Agents.Shared;
using Eve.Tests.Platform;
using NUnit.Framework;

namespace Eve.Tests.Shared.Controller;

public class DnsMessageTests
{
    static readonly byte[] s_query = DnsMessage.Query(0x1234, "controller.test", AddressFamily.InterNetwork);

    /// <summary>An answer with an alias and two addresses behind it.</summary>
    internal static byte[] Answer(byte[] query, byte flags = 0x80, byte code = 0, params byte[][] addresses)
    {
        var message = query.ToList();
        (message[2], message[3], message[7]) = ((byte)(0x80 | flags), code, (byte)(1 + addresses.Length));
        message.AddRange([0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 4, 1, (byte)'x', 0xc0, 12]);
        foreach (var address in addresses)
            message.AddRange([1, (byte)'x', 0xc0, 12, 0, (byte)(address.Length == 4 ? 1 : 28), 0, 1, 0, 0, 0, 60, 0, (byte)address.Length, .. address]);
        return [.. message];
    }

    [Test]
    public void A_query_asks_for_one_host_in_one_family()
    {
        Assert.That(s_query, Is.EqualTo((byte[])[0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, .. "controller"u8, 4, .. "test"u8, 0, 0, 1, 0, 1]));
        Assert.That(DnsMessage.Query(0, "a.", AddressFamily.InterNetworkV6)[^4..], Is.EqualTo(new byte[] { 0, 28, 0, 1 }));
    }

    [TestCase("")]
    [TestCase("a..b")]
    [TestCase("häuschen.test")]
    public void What_is_no_host_name_is_refused(string host) =>
        Assert.That(() => DnsMessage.Query(0, host, AddressFamily.InterNetwork), Throws.TypeOf<EveException>());

    [Test]
    public void Addresses_of_the_asked_family_are_read()
    {
        var answer = DnsMessage.Read(Answer(s_query, addresses: [[10, 0, 0, 1], new byte[16], [10, 0, 0, 2]]), s_query)!.Value;

        Assert.That(answer, Is.EqualTo(new DnsAnswer(0, false, [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")])));
    }

    [Test]
    public void Codes_and_truncation_are_read()
    {
        Assert.That(DnsMessage.Read(Answer(s_query, code: 3), s_query)!.Value.Code, Is.EqualTo(DnsMessage.NoSuchName));
        Assert.That(DnsMessage.Read(Answer(s_query, flags: 0x02), s_query)!.Value.Truncated);
    }

    [Test]
    public void The_answer_to_another_question_is_none()
    {
        Assert.That(DnsMessage.Read(Answer(DnsMessage.Query(0x1235, "controller.test", AddressFamily.InterNetwork)), s_query), Is.Null);
        Assert.That(DnsMessage.Read(Answer(DnsMessage.Query(0x1234, "controllex.test", AddressFamily.InterNetwork)), s_query), Is.Null);
        Assert.That(DnsMessage.Read(s_query, s_query), Is.Null);
        Assert.That(DnsMessage.Read([], s_query), Is.Null);
    }

    [Test]
    public void Damage_anywhere_is_survived()
    {
        var whole = Answer(s_query, addresses: [[10, 0, 0, 1]]);
        for (var length = 0; length < whole.Length; length++)
            Assert.That(() => DnsMessage.Read(whole.AsSpan(0, length), s_query), Throws.Nothing);
        for (var i = 0; i < whole.Length; i++)
        {
            var damaged = whole.ToArray();
            damaged[i] ^= 0xff;
            Assert.That(() => DnsMessage.Read(damaged, s_query), Throws.Nothing);
        }
    }
}

public class PortResolverTests
{
    static readonly IPAddress s_source = IPAddress.Parse("127.0.0.3");

    static async Task<IPEndPoint> ServeAsync(UdpClient server, Func<byte[], byte[]> answer)
    {
        var asked = await server.ReceiveAsync();
        await server.SendAsync(answer(asked.Buffer), asked.RemoteEndPoint);
        return asked.RemoteEndPoint;
    }

    static ManagementPort Port(params IPAddress[] servers) => new("eth0", "", 0, [s_source], [.. servers]);

    [Test]
    public async Task A_ports_own_server_is_asked_from_the_ports_address()
    {
        using var folder = new TemporaryFolder();
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var resolver = new PortResolver(new(folder.Root), TimeProvider.System, ((IPEndPoint)server.Client.LocalEndPoint!).Port);
        var serving = ServeAsync(server, q => DnsMessageTests.Answer(q, addresses: [[10, 1, 2, 3]]));
        var addresses = await resolver.ResolveAsync("controller.test", Port(IPAddress.IPv6Loopback, IPAddress.Loopback), AddressFamily.InterNetwork, CancellationToken.None);

        Assert.That(addresses, Is.EqualTo(new[] { IPAddress.Parse("10.1.2.3") }));
        Assert.That((await serving).Address, Is.EqualTo(s_source));
    }

    [Test]
    public async Task A_truncated_answer_is_fetched_by_tcp()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
        var resolver = new PortResolver(new(folder.Root), TimeProvider.System, port);
        var serving = ServeAsync(server, q => DnsMessageTests.Answer(q, flags: 0x02));
        var tcp = ServeTcpAsync(listener);
        var addresses = await resolver.ResolveAsync("controller.test", Port(IPAddress.Loopback), AddressFamily.InterNetwork, CancellationToken.None);
        await Task.WhenAll(serving, tcp);

        Assert.That(addresses, Is.EqualTo(new[] { IPAddress.Parse("10.9.9.9") }));
    }

    static async Task ServeTcpAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var length = new byte[2];
        await stream.ReadExactlyAsync(length);
        var query = new byte[length[0] << 8 | length[1]];
        await stream.ReadExactlyAsync(query);
        var answer = DnsMessageTests.Answer(query, addresses: [[10, 9, 9, 9]]);
        await stream.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)answer.Length, .. answer]);
    }

    [Test]
    public async Task Who_was_asked_in_vain_is_named()
    {
        using var folder = new TemporaryFolder();
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var resolver = new PortResolver(new(folder.Root), TimeProvider.System, ((IPEndPoint)server.Client.LocalEndPoint!).Port);
        var serving = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ServeAsync(server, q => DnsMessageTests.Answer(q, code: 3))));

        Assert.That(async () => await resolver.ResolveAsync("no.test", Port(IPAddress.Loopback), AddressFamily.InterNetwork, CancellationToken.None),
            Throws.TypeOf<EveException>().With.Message.EqualTo("no address of no.test by IPv4: 127.0.0.1 does not know it"));
        await serving;
    }

    [Test]
    public void Literals_need_no_server_and_must_fit_the_family()
    {
        var resolver = new PortResolver(new("/nonexistent"), TimeProvider.System);

        Assert.That(async () => await resolver.ResolveAsync("10.0.0.9", Port(), AddressFamily.InterNetwork, CancellationToken.None), Is.EqualTo(new[] { IPAddress.Parse("10.0.0.9") }));
        Assert.That(async () => await resolver.ResolveAsync("::1", Port(), AddressFamily.InterNetwork, CancellationToken.None), Throws.TypeOf<EveException>());
    }
}
