namespace Eve;

/// <summary>One key's move since the agent last looked.</summary>
/// <param name="Key">The key that moved.</param>
/// <param name="Old">What the agent last saw under it; null if nothing.</param>
/// <param name="New">What is there now; null if it was withdrawn.</param>
/// <param name="Recreated">It was withdrawn and published again in between.</param>
public readonly record struct Change<T>(string Key, T? Old, T? New, bool Recreated = false) where T : class
{
    /// <summary>The key was withdrawn.</summary>
    public bool Deleted => New is null;
}
