using System.Text.Json.Serialization.Metadata;

namespace Eve;

/// <summary>A value that agents publish: it knows its usual key and its JSON form.</summary>
public interface ITopic<TSelf> where TSelf : class, ITopic<TSelf>
{
    /// <summary>How the value is written and read; source-generated, so safe for AOT.</summary>
    static abstract JsonTypeInfo<TSelf> Json { get; }

    /// <summary>The key it is published under when no other is given.</summary>
    string Key { get; }
}
