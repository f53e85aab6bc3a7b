using Eve.Samples.Controller.Store;

namespace Eve.Samples.Controller.Admin;

/// <summary>A device as the administration shows it.</summary>
sealed record DeviceView(DeviceRecord Device, DateTimeOffset? LastSeen, string? ConfigHash, string? SentConfigHash, string? ConfigError,
    IReadOnlyDictionary<string, long> Messages, IReadOnlyList<Guid> Apps);

/// <summary>What may be changed about a device.</summary>
sealed record DeviceOptions
{
    public string Name { get; init; } = "";

    public string Manufacturer { get; init; } = "";

    public string Product { get; init; } = "";

    public static DeviceOptions Of(DeviceRecord record) => new() { Name = record.Name, Manufacturer = record.Manufacturer, Product = record.Product };

    public DeviceRecord ApplyTo(DeviceRecord record) => record with { Name = Name, Manufacturer = Manufacturer, Product = Product };
}

/// <summary>Without a certificate, one is made and its key is in the answer.</summary>
sealed record OnboardingRequest(string? Certificate = null, string[]? Serials = null);
