using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>How the controller is told that an object is gone: a report of its kind that has the id and nothing else.</summary>
internal static class Deletions
{
    /// <param name="last">The object's last report.</param>
    /// <returns>Null for what cannot go: the device itself.</returns>
    public static Wire.ZInfoMsg? Of(Wire.ZInfoMsg last)
    {
        var gone = new Wire.ZInfoMsg { Ztype = last.Ztype, DevId = last.DevId };
        switch (last.InfoContentCase)
        {
            case Wire.ZInfoMsg.InfoContentOneofCase.Ainfo:
                gone.Ainfo = new() { AppID = last.Ainfo.AppID };
                return gone;
            case Wire.ZInfoMsg.InfoContentOneofCase.Niinfo:
                gone.Niinfo = new() { NetworkID = last.Niinfo.NetworkID, NetworkVersion = last.Niinfo.NetworkVersion };
                return gone;
            case Wire.ZInfoMsg.InfoContentOneofCase.Vinfo:
                gone.Vinfo = new() { Uuid = last.Vinfo.Uuid };
                return gone;
            case Wire.ZInfoMsg.InfoContentOneofCase.Cinfo:
                gone.Cinfo = new() { Uuid = last.Cinfo.Uuid };
                return gone;
            case Wire.ZInfoMsg.InfoContentOneofCase.Binfo:
                gone.Binfo = new();
                gone.Binfo.Blob.AddRange(last.Binfo.Blob.Select(b => new Wire.ZInfoBlob { Sha256 = b.Sha256 }));
                return gone;
            case Wire.ZInfoMsg.InfoContentOneofCase.Amdinfo:
                gone.Amdinfo = new() { Uuid = last.Amdinfo.Uuid, Type = last.Amdinfo.Type };
                return gone;
            default:
                return null;
        }
    }
}
