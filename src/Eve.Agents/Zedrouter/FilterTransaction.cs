namespace Eve.Agents.Zedrouter;

/// <summary>The change of one part of the packet filter as one transaction of nft, and the flows that it ends. Pure.</summary>
internal static class FilterTransaction
{
    const string Table = "eve";

    public static string Of(FilterPart? before, FilterPart? after)
    {
        var old = before ?? after! with { Objects = [], Chains = [], Elements = [] };
        var to = after ?? old with { Objects = [], Chains = [], Elements = [] };
        var oldChains = old.Chains.ToDictionary(c => (c.Family, c.Name));
        var newChains = to.Chains.ToDictionary(c => (c.Family, c.Name));
        var changed = to.Chains.Where(c => !c.Equals(oldChains.GetValueOrDefault((c.Family, c.Name)))).ToList();
        var gone = old.Chains.Where(c => !newChains.ContainsKey((c.Family, c.Name))).ToList();
        List<string> lines =
        [
            .. to.Name == FilterPart.Frame ? new[] { AddTable("bridge"), AddTable("inet") } : [],
            .. to.Objects.Except(old.Objects).Select(o => Command("add", o.Kind, o.Family, o.Name, o.Form)),
            .. changed.Select(c => Command("add", "chain", c.Family, c.Name, c.Hook)),
            .. old.Elements.Except(to.Elements).Select(e => Element("delete", e)),
            .. changed.Concat(gone).Select(c => Command("flush", "chain", c.Family, c.Name)),
            .. changed.SelectMany(Rules),
            .. to.Elements.Except(old.Elements).Select(e => Element("add", e)),
            .. gone.Select(c => Command("delete", "chain", c.Family, c.Name)),
            .. old.Objects.Except(to.Objects).Select(o => Command("delete", o.Kind, o.Family, o.Name)),
        ];
        return $$"""{"nftables":[{{string.Join(",\n", lines)}}]}""";
    }

    /// <summary>Marks and masks of the flows that were let pass by entries which are no longer the same: all from the first difference on, since the first match decides.</summary>
    public static IReadOnlyList<(uint Mark, uint Mask)> EndedFlows(FilterPart? from, FilterPart? to)
    {
        if (from is not { OfVif.Length: > 0 })
            return [];
        var ended = new SortedSet<int>();
        foreach (var chain in from.Chains)
        {
            var next = to?.Chains.FirstOrDefault(c => (c.Family, c.Name) == (chain.Family, chain.Name));
            if (chain.Equals(next))
                continue;
            if (chain.Rules.Count == 0)     // from a former life: which entries it had is not known
                return [(NetworkNames.FlowMark(from.OfVif, 0), 0xffc0_0000)];
            var same = next is null ? 0 : chain.Rules.Zip(next.Rules).TakeWhile(pair => pair.First == pair.Second).Count();
            ended.UnionWith(chain.Rules.Skip(same).Select(r => r.Ace).OfType<int>());
        }
        return [.. ended.Select(ace => (NetworkNames.FlowMark(from.OfVif, ace), uint.MaxValue))];
    }

    static IEnumerable<string> Rules(FilterChain chain)
    {
        for (var i = 0; i < chain.Rules.Count; i++)
        {
            var rule = chain.Rules[i];
            var comment = string.Join(' ', [.. rule.Ace is { } ace ? new[] { $"ace {ace}" } : [], .. i == chain.Rules.Count - 1 ? new[] { "end " + chain.Digest } : []]);
            var named = comment.Length > 0 ? $"\"comment\":\"{comment}\"," : "";
            yield return $$$$"""{"add":{"rule":{"family":"{{{{chain.Family}}}}","table":"{{{{Table}}}}","chain":"{{{{chain.Name}}}}",{{{{named}}}}"expr":{{{{rule.Expressions}}}}}}}""";
        }
    }

    static string AddTable(string family) => $$$$"""{"add":{"table":{"family":"{{{{family}}}}","name":"{{{{Table}}}}"}}}""";

    static string Command(string verb, string kind, string family, string name, string form = "") =>
        $$$$"""{"{{{{verb}}}}":{"{{{{kind}}}}":{"family":"{{{{family}}}}","table":"{{{{Table}}}}","name":"{{{{name}}}}"{{{{(form.Length > 0 ? "," + form : "")}}}}}}}""";

    static string Element(string verb, FilterElement element)
    {
        var value = element.Value.Length > 0 && verb == "add" ? $"[{element.Key},{element.Value}]" : element.Key;
        return $$$$"""{"{{{{verb}}}}":{"element":{"family":"{{{{element.Family}}}}","table":"{{{{Table}}}}","name":"{{{{element.Set}}}}","elem":[{{{{value}}}}]}}}""";
    }
}
