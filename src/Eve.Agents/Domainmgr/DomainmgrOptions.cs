namespace Eve.Agents.Domainmgr;

/// <summary>How domainmgr treats guests.</summary>
public sealed record DomainmgrOptions
{
    /// <summary>A libvirt to talk to instead of the embedded one, such as <c>qemu:///system</c> (default: null). Guests are then defined in the machine's own libvirt.</summary>
    public string? LibvirtUri { get; init; }

    /// <summary>How long a guest may take to go down by itself (default: 10 min).</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The same when its app was deleted (default: 1 min).</summary>
    public TimeSpan DeletePatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a guest that is going down is reminded: while it boots it does not hear its power button (default: 10 s).</summary>
    public TimeSpan ButtonInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a start is tried before it counts as failed (default: 3).</summary>
    public int StartAttempts { get; init; } = 3;

    /// <summary>The pause between those (default: 5 s).</summary>
    public TimeSpan StartPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often guests are looked at without an occasion, and faulty preparations repeated (default: 30 s).</summary>
    public TimeSpan LookInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often consoles are read (default: 1 s).</summary>
    public TimeSpan ConsoleInterval { get; init; } = TimeSpan.FromSeconds(1);
}
