namespace Eve.Agents.Logmanager;

/// <summary>Lines that go into files of their own: the device's to upload, all of the device's to keep, an app's; and how EVE names those files (controller.md 5.1).</summary>
/// <param name="Collect">The file that grows is called like this, with a random end.</param>
/// <param name="Packed">The compressed one is called like this, with its time.</param>
/// <param name="Folder">Where the compressed one goes.</param>
public sealed record LogStream(string Collect, string Packed, string Folder)
{
    /// <summary>Folders below /persist/newlog.</summary>
    public const string CollectFolder = "collect", DeviceUpload = "devUpload", AppUpload = "appUpload", KeepSent = "keepSentQueue", FailedUpload = "failedUpload";

    /// <summary>What of the device's log goes to the controller.</summary>
    public static readonly LogStream Upload = new("dev.log.upload.", "dev.log.", DeviceUpload);

    /// <summary>The whole log of the device.</summary>
    public static readonly LogStream Keep = new("dev.log.keep.", "dev.log.", KeepSent);

    /// <summary>An app's console.</summary>
    public static LogStream Of(Guid app, bool upload) =>
        upload ? new($"app.{app}.log", $"app.{app}.log.", AppUpload) : new($"app.skipTx.{app}.log", $"app.skipTx.{app}.log.", KeepSent);

    /// <summary>Whose file that is in the collect folder; null: none of ours.</summary>
    public static LogStream? Parse(string file)
    {
        if (file.StartsWith(Upload.Collect, StringComparison.Ordinal))
            return Upload;
        if (file.StartsWith(Keep.Collect, StringComparison.Ordinal))
            return Keep;
        return file.Split('.') switch
        {
            ["app", "skipTx", var app, ..] when Guid.TryParse(app, out var id) => Of(id, upload: false),
            ["app", var app, ..] when Guid.TryParse(app, out var id) => Of(id, upload: true),
            _ => null,
        };
    }

    /// <summary>The app of a compressed file; null: the device's.</summary>
    public static Guid? AppOf(string file) => file.Split('.') is ["app", var app, ..] && Guid.TryParse(app, out var id) ? id : null;

    /// <summary>When a compressed file was made, in milliseconds as its name says; null: not one of ours.</summary>
    public static long? TimeOf(string file) =>
        file.Split('.') is [.., var time, "gz"] && long.TryParse(time, System.Globalization.CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds : null;
}
