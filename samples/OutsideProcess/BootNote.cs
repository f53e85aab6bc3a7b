using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Eve;

/// <summary>Why a device has booted: the topic that this process adds to the device's own.</summary>
sealed record BootNote(string Name, string Text) : ITopic<BootNote>
{
    public static JsonTypeInfo<BootNote> Json => NotesJson.Default.BootNote;
    string ITopic<BootNote>.Key => Name;
}

[JsonSerializable(typeof(BootNote))]
sealed partial class NotesJson : JsonSerializerContext;
