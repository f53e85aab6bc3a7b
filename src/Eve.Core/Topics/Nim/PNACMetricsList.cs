using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record PNACMetricsList(ValueList<PNACMetrics> Ports = default) : ITopic<PNACMetricsList>
{
    public string Key => "global";
    public static JsonTypeInfo<PNACMetricsList> Json => EveJson.PNACMetricsList;
}

public sealed record PNACMetrics(
    string LogicalLabel = "",
    ulong EAPOLFramesRx = 0,
    ulong EAPOLFramesTx = 0,
    ulong EAPOLStartFramesTx = 0,
    ulong EAPOLLogoffFramesTx = 0,
    ulong EAPOLRespFramesTx = 0,
    ulong EAPOLReqIDFramesRx = 0,
    ulong EAPOLReqFramesRx = 0,
    ulong EAPOLInvalidFramesRx = 0,
    ulong EAPLengthErrorFramesRx = 0);
