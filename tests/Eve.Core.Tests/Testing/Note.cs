using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Tests;

/// <summary>A small value to publish.</summary>
public sealed record Note(string Name, long Size = 0) : ITopic<Note>
{
    public string Key => Name;
    public static JsonTypeInfo<Note> Json => NoteJson.Default.Note;
}

[JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Note))]
internal sealed partial class NoteJson : JsonSerializerContext;

internal static class NoteTopics
{
    public static readonly Topic<Note> Notes = new("writer");
    public static readonly Topic<Note> Answers = new("reader");
    public static readonly Topic<Note> Kept = new("writer", Persistent: true);
    public static readonly Topic<Note> Board = new("");
}
