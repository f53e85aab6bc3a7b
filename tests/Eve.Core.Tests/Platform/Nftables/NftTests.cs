using Eve.Platform;
using Eve.Testing;
using NUnit.Framework;

namespace Eve.Tests.Platform;

public class NftTests
{
    const string Table = """
        {"nftables":[{"add":{"table":{"family":"inet","name":"eve"}}},
        {"add":{"counter":{"family":"inet","table":"eve","name":"tx_drop"}}},
        {"add":{"chain":{"family":"inet","table":"eve","name":"e_1"}}},
        {"add":{"limit":{"family":"inet","table":"eve","name":"t_1_5s5","rate":5,"per":"second","burst":5}}},
        {"add":{"map":{"family":"inet","table":"eve","name":"portmap","type":["ipv4_addr","inet_proto","inet_service"],"map":"verdict",
          "elem":[[{"concat":["10.1.0.63","tcp",8081]},{"jump":{"target":"e_1"}}]]}}},
        {"add":{"map":{"family":"inet","table":"eve","name":"egress","type":"mark","map":"verdict","elem":[[16842752,{"jump":{"target":"e_1"}}]]}}},
        {"add":{"set":{"family":"inet","table":"eve","name":"bridges","type":"ifname","elem":["bn1","bn2"]}}},
        {"add":{"set":{"family":"inet","table":"eve","name":"denied","type":["mark","ipv4_addr"],"flags":["timeout"],"timeout":300,"size":4096,
          "stmt":[{"counter":null}],"elem":[{"concat":[16842752,"192.0.2.1"]}]}}},
        {"add":{"chain":{"family":"inet","table":"eve","name":"output","type":"filter","hook":"output","prio":0,"policy":"accept"}}},
        {"add":{"rule":{"family":"inet","table":"eve","chain":"output","comment":"end 77b0","expr":[
          {"match":{"op":"==","left":{"payload":{"protocol":"ip","field":"daddr"}},"right":"127.0.0.9"}},{"counter":"tx_drop"},{"drop":null}]}}},
        {"add":{"rule":{"family":"inet","table":"eve","chain":"e_1","comment":"ace 9","expr":[
          {"match":{"op":"==","left":{"payload":{"protocol":"ip","field":"daddr"}},"right":{"prefix":{"addr":"203.0.113.0","len":24}}}},
          {"mangle":{"key":{"ct":{"key":"mark"}},"value":20971529}},{"accept":null}]}}},
        {"add":{"rule":{"family":"inet","table":"eve","chain":"e_1","comment":"end 3f9a","expr":[{"drop":null}]}}}]}
        """;

    const string Listed = """
        {"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, {"table": {"family": "inet", "name": "eve", "handle": 1}},
        {"counter": {"family": "inet", "name": "tx_drop", "table": "eve", "handle": 1, "packets": 3, "bytes": 252}},
        {"limit": {"family": "inet", "name": "t_1_5s5", "table": "eve", "handle": 3, "rate": 5, "per": "second", "burst": 5}},
        {"map": {"family": "inet", "name": "portmap", "table": "eve", "type": ["ipv4_addr", "inet_proto", "inet_service"], "handle": 4, "map": "verdict",
          "elem": [[{"concat": ["10.1.0.63", "tcp", 8081]}, {"jump": {"target": "e_1"}}]]}},
        {"set": {"family": "inet", "name": "denied", "table": "eve", "type": ["mark", "ipv4_addr"], "handle": 7, "size": 4096, "flags": ["timeout"], "timeout": 300,
          "elem": [{"elem": {"val": {"concat": [16842752, "192.0.2.1"]}, "expires": 299, "counter": {"packets": 2, "bytes": 120}}}], "stmt": [{"counter": null}]}},
        {"set": {"family": "inet", "name": "empty", "table": "eve", "type": "ifname", "handle": 8}},
        {"chain": {"family": "inet", "table": "eve", "name": "e_1", "handle": 2}},
        {"rule": {"family": "inet", "table": "eve", "chain": "e_1", "handle": 9, "comment": "ace 9", "expr": [{"accept": null}]}},
        {"rule": {"family": "inet", "table": "eve", "chain": "e_1", "handle": 10, "expr": [{"drop": null}]}}]}
        """;

    [Test]
    public void A_listing_is_read()
    {
        var table = NftParse.Table(Listed, "inet", "eve");
        Assert.That(table.Chains["e_1"], Is.EqualTo(new[] { new NftRule(9, "ace 9"), new NftRule(10, "") }));
        Assert.That(table.Counters["tx_drop"], Is.EqualTo(new NftCounter(3, 252)));
        Assert.That(table.Limits, Is.EqualTo(new[] { "t_1_5s5" }));
        Assert.That(table.Sets["portmap"].Type, Is.EqualTo("ipv4_addr . inet_proto . inet_service"));
        Assert.That(table.Sets["portmap"].Elements.Values.Single(), Is.EqualTo(
            new NftElement("""{"concat":["10.1.0.63","tcp",8081]}""", """{"jump":{"target":"e_1"}}""")));
        Assert.That(table.Sets["denied"].Elements.Values.Single(), Is.EqualTo(
            new NftElement("""{"concat":[16842752,"192.0.2.1"]}""", null, new NftCounter(2, 120), 299)));
        Assert.That((table.Sets["empty"].Type, table.Sets["empty"].Elements.Count), Is.EqualTo(("ifname", 0)));
    }

    [TestCase("flush ruleset")]
    [TestCase("{}")]
    [TestCase("[]")]
    public void Text_that_is_not_its_JSON_never_reaches_nft(string text)
    {
        var commands = new RecordingCommands();
        Assert.That(() => new Nft(commands).ApplyAsync(text, default), Throws.ArgumentException);
        Assert.That(commands.Calls, Is.Empty);
    }

    [Test, Category("system")]
    public async Task What_is_applied_is_listed()
    {
        await using var space = await NetworkNamespace.CreateAsync();
        var nft = new Nft(space.Commands);
        Assert.That(await nft.ListTableAsync("inet", "eve", default), Is.Null);
        Assert.That(await nft.ListCountersAsync("inet", "eve", default), Is.Empty);
        Assert.That(await nft.ApplyAsync(Table, default), Is.Empty);

        var table = (await nft.ListTableAsync("inet", "eve", default))!;
        Assert.That(table.Chains["e_1"].Select(rule => rule.Comment), Is.EqualTo(new[] { "ace 9", "end 3f9a" }));
        Assert.That(table.Sets["egress"].Elements["16842752"].Value, Is.EqualTo("""{"jump":{"target":"e_1"}}"""));
        Assert.That(table.Sets["bridges"].Elements.Keys, Is.EquivalentTo(new[] { "\"bn1\"", "\"bn2\"" }));
        Assert.That((await nft.ListSetAsync("inet", "eve", "denied", default))!.Elements.Values.Single().ExpiresSeconds, Is.GreaterThan(200));
        Assert.That(await nft.ListSetAsync("inet", "eve", "absent", default), Is.Null);

        await space.Commands.RunAsync("ping", ["-c", "1", "-W", "1", "127.0.0.9"]);
        Assert.That((await nft.ListCountersAsync("inet", "eve", default))["tx_drop"].Packets, Is.EqualTo(1));
    }

    [Test, Category("system")]
    public async Task A_transaction_that_fails_changes_nothing_and_names_the_command()
    {
        await using var space = await NetworkNamespace.CreateAsync();
        var nft = new Nft(space.Commands);
        Assert.That(await nft.ApplyAsync(Table, default), Is.Empty);

        var error = await nft.ApplyAsync("""
            {"nftables":[{"flush":{"chain":{"family":"inet","table":"eve","name":"e_1"}}},
            {"add":{"rule":{"family":"inet","table":"eve","chain":"output","comment":"ace 1","expr":[{"accept":null}]}}},
            {"add":{"rule":{"family":"inet","table":"eve","chain":"absent","comment":"ace 2","expr":[{"accept":null}]}}},
            {"add":{"rule":{"family":"inet","table":"eve","chain":"output","comment":"ace 3","expr":[{"accept":null}]}}}]}
            """, default);
        Assert.That(error, Does.StartWith("add rule inet eve absent (ace 2): it names something that is not there"));
        Assert.That((await nft.ListTableAsync("inet", "eve", default))!.Chains["e_1"], Has.Count.EqualTo(2));

        Assert.That(await nft.ApplyAsync("""{"nftables":[{"delete":{"chain":{"family":"inet","table":"eve","name":"e_1"}}}]}""", default),
            Is.EqualTo("delete chain inet eve e_1: it is still in use by a rule or a map"));
        Assert.That(await nft.ApplyAsync("""{"nftables":[{"add":{"rule":{"family":"inet","table":"eve","chain":"e_1","expr":[{"frob":null}]}}}]}""", default),
            Is.EqualTo("add rule inet eve e_1: Unknown statement object 'frob'."));
        Assert.That(await nft.ApplyAsync("""{"nftables":[{"add":{"element":{"family":"inet","table":"eve","name":"egress","elem":[[16842752,{"accept":null}]]}}}]}""", default),
            Is.EqualTo("add element inet eve egress: it is there already, with another content"));
    }
}
