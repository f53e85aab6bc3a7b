using Eve.Agents.Zedrouter;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Zedrouter.Samples;

namespace Eve.Tests.Zedrouter;

public class AclsTests
{
    static readonly Instance s_instance = new(Instance(Net1), 1);
    static readonly Instance s_airGapped = new(Instance(Net1, port: ""), 1);

    static ACE Entry(string matches, ACEAction? action = null) => new(
        [.. matches.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(m => new ACEMatch(m.Split('=')[0], m.Split('=')[1]))], action is null ? [] : [action], RuleID: 5);

    [TestCase("", "")]
    [TestCase("ip=10.0.0.0/8", "")]
    [TestCase("ip=10.1.2.3 protocol=tcp fport=80", "")]
    [TestCase("ip=fd00::/8", "")]
    [TestCase("host=www.example.com protocol=6 fport=80:90", "")]
    [TestCase("eidset=x protocol=UDP lport=1-1024", "")]
    [TestCase("protocol=47", "")]
    [TestCase("ip=10.0.0", "'10.0.0' is no ip")]
    [TestCase("ip=10.0.0.0/33", "'10.0.0.0/33' is no ip")]
    [TestCase("fport=80", "lport and fport need the protocol tcp, udp or sctp")]
    [TestCase("protocol=icmp fport=80", "lport and fport need the protocol tcp, udp or sctp")]
    [TestCase("protocol=tcp fport=90-80", "'90-80' is no fport")]
    [TestCase("protocol=tcp fport=65536", "'65536' is no fport")]
    [TestCase("protocol=gre2", "'gre2' is no protocol")]
    [TestCase("host=a..b", "'a..b' is no host")]
    [TestCase("host=a/4#inet#x", "'a/4#inet#x' is no host")]
    [TestCase("host=a.test eidset=x", "host and eidset cannot both hold")]
    [TestCase("adapter=eth0", "the match adapter is for port maps alone")]
    [TestCase("ipset=x", "its match 'ipset' is not known: use ip, protocol, lport, fport, host, eidset or adapter")]
    public void Matches_are_read_or_refused(string matches, string error) =>
        Assert.That(Acls.Parse([Entry(matches)], s_instance).Errors, error.Length > 0 ? Is.EqualTo(new[] { "ACL rule 5: " + error }) : Is.Empty);

    [TestCase("protocol=tcp lport=80", 80, "")]
    [TestCase("protocol=tcp lport=80 adapter=eth0 ip=10.0.0.0/8", 80, "")]
    [TestCase("protocol=tcp", 80, "a port map needs one lport, and the protocol tcp or udp")]
    [TestCase("protocol=tcp lport=80-90", 80, "a port map needs one lport, and the protocol tcp or udp")]
    [TestCase("protocol=sctp lport=80", 80, "a port map needs one lport, and the protocol tcp or udp")]
    [TestCase("protocol=tcp lport=80", 0, "the port map's target port 0 is not between 1 and 65535")]
    [TestCase("protocol=tcp lport=80 host=a.test", 80, "a port map cannot be limited to a host name or eidset")]
    public void Port_maps_are_read_or_refused(string matches, int target, string error) =>
        Assert.That(
            Acls.Parse([Entry(matches, new(PortMap: true, TargetPort: target))], s_instance).Errors,
            error.Length > 0 ? Is.EqualTo(new[] { "ACL rule 5: " + error }) : Is.Empty);

    [Test]
    public void Actions_that_cannot_be_kept_to_are_refused()
    {
        Assert.That(Errors(new ACEAction(Drop: true, PortMap: true, TargetPort: 1)), Does.Contain("mixes"));
        Assert.That(Errors(new ACEAction(Limit: true, LimitRate: 5)), Does.Contain("not built yet"));
        Assert.That(Acls.Parse([new ACE(RuleID: -1)], s_instance).Errors[0], Does.Contain("its id"));
        Assert.That(Acls.Parse([new ACE(Actions: [new(), new(Drop: true)])], s_instance).Errors[0], Does.Contain("more than one action"));
        Assert.That(Acls.Parse([PortMap(1, 80, 80)], s_airGapped).Errors[0], Does.Contain("a port map needs a port"));

        static string Errors(ACEAction action) => Acls.Parse([Entry("protocol=tcp lport=80", action)], s_instance).Errors.Single();
    }

    [Test]
    public void A_rule_for_the_other_IP_version_is_left_out()
    {
        var acl = Acls.Parse([Entry("ip=fd00::1"), Entry("host=10.1.2.3")], s_instance);
        Assert.That(acl.Rules.Single().Remote.ToString(), Is.EqualTo("10.1.2.3/32"));
    }
}
