using Eve.Api.Info;

namespace Eve.Samples.Controller.Admin;

/// <summary>Which object an information message is about: of each, only the latest counts.</summary>
static class InfoKey
{
    public static (ZInfoTypes Type, string Object) Of(ZInfoMsg message) => (message.Ztype, message.InfoContentCase switch
    {
        ZInfoMsg.InfoContentOneofCase.Ainfo => message.Ainfo.AppID,
        ZInfoMsg.InfoContentOneofCase.Niinfo => message.Niinfo.NetworkID,
        ZInfoMsg.InfoContentOneofCase.Vinfo => message.Vinfo.Uuid,
        ZInfoMsg.InfoContentOneofCase.Cinfo => message.Cinfo.Uuid,
        ZInfoMsg.InfoContentOneofCase.Binfo => string.Join(',', message.Binfo.Blob.Select(blob => blob.Sha256)),
        ZInfoMsg.InfoContentOneofCase.Amdinfo => message.Amdinfo.Uuid + message.Amdinfo.Type,
        ZInfoMsg.InfoContentOneofCase.PatchInfo => message.PatchInfo.Id,
        _ => "",
    });

    public static IEnumerable<byte[]> Latest(IEnumerable<byte[]> messages)
    {
        var latest = new Dictionary<(ZInfoTypes, string), byte[]>();
        foreach (var message in messages)
            latest[Of(ZInfoMsg.Parser.ParseFrom(message))] = message;
        return latest.Values;
    }
}
