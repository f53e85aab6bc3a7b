using Eve.Topics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>Content trees and blobs as the controller is told of them (reports.md 4).</summary>
internal static class ContentReport
{
    public static Wire.ZInfoMsg Of(ContentTreeStatus status)
    {
        var tree = new Wire.ZInfoContentTree
        {
            Uuid = status.ContentID.ToString(),
            DisplayName = status.DisplayName,
            Sha256 = status.ContentSha256,
            State = States.Of(status.State),
            Err = Errors.Of(status),
            Resources = new() { CurSizeBytes = Size(status.TotalSize) },
            // Nobody counts the uses of a tree: a volume is a copy.
            Usage = new() { RefCount = 1, CreateTime = Units.Time(status.CreateTime), LastRefcountChangeTime = Units.Time(status.CreateTime) },
            ProgressPercentage = status.Progress,
            GenerationCount = status.GenerationCounter,
        };
        tree.ComponentShaList.AddRange(status.Blobs);
        return new() { Ztype = Wire.ZInfoTypes.ZiContentTree, Cinfo = tree };
    }

    public static Wire.ZInfoMsg Of(BlobStatus status)
    {
        var blobs = new Wire.ZInfoBlobList();
        blobs.Blob.Add(new Wire.ZInfoBlob
        {
            Sha256 = status.Sha256,
            State = States.Of(status.State),
            Resources = new() { CurSizeBytes = status.Size },
            Usage = new()
            {
                RefCount = status.RefCount,
                CreateTime = Units.Time(status.CreateTime),
                LastRefcountChangeTime = Units.Time(status.LastRefCountChangeTime),
            },
            ProgressPercentage = Progress(status),
            Err = Errors.Of(status),
        });
        return new() { Ztype = Wire.ZInfoTypes.ZiBlobList, Binfo = blobs };
    }

    static uint Progress(BlobStatus status) => status.TotalSize > 0 ? (uint)Math.Clamp(status.CurrentSize * 100.0 / status.TotalSize, 0, 100) : 0;

    static ulong Size(long bytes) => bytes > 0 ? (ulong)bytes : 0;
}
