using System.Net;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Topics;

public class PartsTests
{
    [TestCase("02:16:3e:0a:0b:0c")]
    [TestCase("00:00:00:00:00:01")]
    [TestCase("")]
    public void A_hardware_address_is_its_text(string text) => Assert.That(MacAddress.Parse(text).ToString(), Is.EqualTo(text));

    [TestCase("02:16:3e:0a:0b")]
    [TestCase("02:16:3e:0a:0b:0g")]
    [TestCase("2:16:3e:0a:0b:0c")]
    [TestCase(null)]
    public void What_is_no_hardware_address_is_refused(string? text) => Assert.That(MacAddress.TryParse(text, out _), Is.False);

    [Test]
    public void The_zero_address_is_not_the_nil_address() => Assert.That(MacAddress.Parse("00:00:00:00:00:00"), Is.Not.EqualTo(default(MacAddress)));

    [TestCase("10.1.2.3/24", "10.1.2.0/24")]
    [TestCase("10.1.2.3/0", "0.0.0.0/0")]
    [TestCase("fd00::1/64", "fd00::/64")]
    public void A_network_keeps_its_address_and_knows_its_network(string text, string network)
    {
        var net = IpNet.Parse(text);
        Assert.That(net.ToString(), Is.EqualTo(text));
        Assert.That(net.TryGetNetwork(out var found), Is.True);
        Assert.That(found, Is.EqualTo(IPNetwork.Parse(network)));
        Assert.That(IpNet.Parse(network), Is.EqualTo(IpNet.Of(found)));
    }

    [TestCase("10.1.2.3")]
    [TestCase("10.1.2.3/33")]
    [TestCase("10.1.2.3/-1")]
    [TestCase("x/8")]
    [TestCase("")]
    [TestCase(null)]
    public void What_is_no_network_is_refused(string? text) => Assert.That(IpNet.TryParse(text, out _), Is.False);

    [Test]
    public void A_mask_with_holes_has_no_length()
    {
        var net = new IpNet("10.0.0.0", new([255, 0, 255, 0]));
        Assert.That(net.PrefixLength, Is.EqualTo(-1));
        Assert.That(net.TryGetNetwork(out _), Is.False);
    }

    [Test]
    public void Bytes_are_compared_by_content_and_copied()
    {
        byte[] source = [1, 2, 254];
        Bytes bytes = source;
        source[0] = 9;
        Assert.Multiple(() =>
        {
            Assert.That(bytes, Is.EqualTo(new Bytes([1, 2, 254])));
            Assert.That(bytes.ToHex(), Is.EqualTo("0102fe"));
            Assert.That(default(Bytes), Is.EqualTo(new Bytes([])));
            Assert.That(default(Bytes).IsNil, Is.True);
            Assert.That(new Bytes([]).IsNil, Is.False);
        });
    }
}
