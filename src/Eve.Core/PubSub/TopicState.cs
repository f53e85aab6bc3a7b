namespace Eve;

/// <summary>How a topic stands: for a person who looks into a device.</summary>
/// <param name="Topic">Its full name.</param>
/// <param name="Published">Its publisher has started.</param>
/// <param name="Complete">It has said that its set is complete.</param>
/// <param name="Readers">How many read it now.</param>
/// <param name="Keys">The keys that have a value.</param>
internal sealed record TopicState(string Topic, bool Published, bool Complete, int Readers, IReadOnlyList<string> Keys);
