namespace Eve;

/// <summary>Finds the steps from what is there to what is to be there.</summary>
internal static class Planner
{
    /// <summary>Removals from the leaves down, then additions and changes from the roots up. An item that needs a missing one, however far down, is left out.
    /// One that stands already without what it needs goes on standing: what somebody else took away is no reason to take more.</summary>
    /// <param name="actual">What is there, by id.</param>
    /// <param name="intended">What is to be there, by id.</param>
    /// <param name="canModify">Whether one item can become the other in place (default: if they are of one type).</param>
    public static IReadOnlyList<Operation> Plan(
        IReadOnlyDictionary<string, Item> actual, IReadOnlyDictionary<string, Item> intended, Func<Item, Item, bool>? canModify = null)
    {
        var possible = Possible(actual, intended);
        var doomed = Doomed(actual, possible, canModify ?? ((from, to) => from.GetType() == to.GetType()));
        var plan = new List<Operation>();
        foreach (var item in Enumerable.Reverse(InOrder(actual)))
        {
            if (doomed.Contains(item.Id))
                plan.Add(new(item, null));
        }
        foreach (var item in InOrder(possible))
        {
            var old = doomed.Contains(item.Id) ? null : actual.GetValueOrDefault(item.Id);
            if (!Equals(old, item))
                plan.Add(new(old, item));
        }
        return plan;
    }

    static Dictionary<string, Item> Possible(IReadOnlyDictionary<string, Item> actual, IReadOnlyDictionary<string, Item> intended)
    {
        var possible = new Dictionary<string, Item>();
        foreach (var item in InOrder(intended))
        {
            var stands = Equals(actual.GetValueOrDefault(item.Id), item);
            if (item.Needs.All(need => possible.ContainsKey(need) || (stands && !actual.ContainsKey(need))))
                possible[item.Id] = item;
        }
        return possible;
    }

    static HashSet<string> Doomed(IReadOnlyDictionary<string, Item> actual, Dictionary<string, Item> possible, Func<Item, Item, bool> canModify)
    {
        var doomed = new HashSet<string>();
        foreach (var item in InOrder(actual))
        {
            if (!possible.TryGetValue(item.Id, out var want) || (!Equals(item, want) && !canModify(item, want)) || item.Needs.Any(doomed.Contains))
                doomed.Add(item.Id);
        }
        return doomed;
    }

    static List<Item> InOrder(IReadOnlyDictionary<string, Item> items)
    {
        var order = new List<Item>(items.Count);
        var seen = new HashSet<string>();
        foreach (var item in items.Values.OrderBy(i => i.Id, StringComparer.Ordinal))
            Visit(item);
        return order;

        void Visit(Item item)
        {
            if (!seen.Add(item.Id))
                return;
            foreach (var need in item.Needs)
            {
                if (items.TryGetValue(need, out var other))
                    Visit(other);
            }
            order.Add(item);
        }
    }
}
