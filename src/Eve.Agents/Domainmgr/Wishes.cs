using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>What is wanted of each domain. Taking a missing configuration for "not wanted" needs certainty: a guest outlives us and those who publish (walk-app.md 3).</summary>
internal sealed class Wishes(Subscription<DomainConfig> configs, Subscription<AppInstanceConfig> apps)
{
    readonly HashSet<string> _seen = [];

    public Wish For(string key)
    {
        if (configs[key] is { } config)
        {
            _seen.Add(key);
            return config.Activate ? Wish.Run : Wish.Stop;
        }
        // An app whose configuration was never here may only wait for its volume: its guest goes when the app has gone.
        var gone = configs.Ready && (_seen.Contains(key) || (apps.Ready && apps[key] is null));
        return gone ? Wish.Remove : Wish.Keep;
    }
}
