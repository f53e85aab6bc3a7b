namespace Eve.Host.Ipcmonitor;

/// <summary>What a table's source may say.</summary>
internal enum Happening
{
    /// <summary>It is being read, from a socket or a folder; it is known whether it outlives a reboot.</summary>
    Hello,
    Update,
    Delete,
    /// <summary>All that was there at first has come.</summary>
    Complete,
    Restarted,
    /// <summary>Its publisher is gone, or does not want us.</summary>
    Gone,
    /// <summary>Something came that cannot be read.</summary>
    Garbled,
}

/// <summary>Something has happened to a table.</summary>
/// <param name="Table">The table as it is now.</param>
/// <param name="What">What has happened.</param>
/// <param name="Key">The key that it has happened to; "" for the table as a whole.</param>
/// <param name="Old">The value before.</param>
/// <param name="New">The value now.</param>
/// <param name="Reason">Why, where something is amiss.</param>
internal sealed record TableEvent(TableState Table, Happening What, string Key = "", byte[]? Old = null, byte[]? New = null, string Reason = "");
