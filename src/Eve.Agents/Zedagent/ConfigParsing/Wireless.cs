using Eve.Topics;
using Common = Eve.Api.Common;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>The wireless part of a network (configuration.md 10.2).</summary>
internal static class Wireless
{
    public static WirelessConfig Parse(Wire.WirelessConfig? wire, Guid network, ValueList<CipherContext> contexts, List<string> errors)
    {
        switch (wire?.Type ?? Common.WirelessType.TypeNoop)
        {
            case Common.WirelessType.TypeNoop:
                return new();
            case Common.WirelessType.WiFi:
                return new(WirelessType.Wifi, Wifi: [.. wire!.WifiCfg.Select(w => Wifi(w, network, contexts, errors))]);
            case Common.WirelessType.Cellular when wire!.CellularCfg is [var cellular]:
                return new(WirelessType.Cellular, Cellular(cellular, network, contexts, errors));
            case Common.WirelessType.Cellular:
                errors.Add($"it has {wire!.CellularCfg.Count} cellular configurations; give exactly one");
                return new(WirelessType.Cellular);
            default:
                errors.Add($"wireless type {wire!.Type:D} is unknown to this device; use 1 (WiFi) or 2 (Cellular)");
                return new();
        }
    }

    static WifiConfig Wifi(Wire.WifiConfig wire, Guid network, ValueList<CipherContext> contexts, List<string> errors)
    {
        var own = new List<string>();
        if (wire.WifiSSID.Any(char.IsControl))
            own.Add("the SSID has a line break or another control character; remove it");
        var scheme = (WifiKeySchemeType)wire.KeyScheme;
        if (Fields.NumberFault("key scheme", wire.KeyScheme) is { } unknown)
        {
            own.Add(unknown);
            scheme = WifiKeySchemeType.Other;
        }
        var cipher = Ciphers.ToStatus($"{network}-{wire.WifiSSID}", wire.CipherData, contexts, own);
        errors.AddRange(own.Select(text => $"Wi-Fi '{Fields.Shown(wire.WifiSSID)}': {text}"));
        return new WifiConfig(wire.WifiSSID, scheme, wire.Identity, wire.Password, wire.Priority).With(cipher);
    }

    static CellNetPortConfig Cellular(Wire.CellularConfig wire, Guid network, ValueList<CipherContext> contexts, List<string> errors)
    {
        var points = wire.AccessPoints.Select(p => AccessPoint(p, wire.ActivatedSimSlot, network, contexts, errors)).ToList();
        if (points.Count == 0 && wire.APN.Length > 0)
            points.Add(new(Activated: true, APN: wire.APN));
        var probe = Routes.Probe(wire.Probe?.CustomProbe, "cellular probe", errors) ?? new();
#pragma warning disable CS0612 // older controllers still send it
        if (probe.Method == ConnectivityProbeMethod.None && wire.Probe?.ProbeAddress is { Length: > 0 } host)
            probe = new(ConnectivityProbeMethod.Icmp, host);
#pragma warning restore CS0612
        return new([.. points], new(wire.Probe?.Disable ?? false, probe), wire.LocationTracking);
    }

    static CellularAccessPoint AccessPoint(Wire.CellularAccessPoint wire, uint activated, Guid network, ValueList<CipherContext> contexts, List<string> errors)
    {
        var sealedBlock = wire.AuthProtocol != default || wire.AttachAuthProtocol != default;
        return new(
            (byte)wire.SimSlot,
            activated == 0 || activated == wire.SimSlot,
            wire.Apn,
            IpType(wire.IpType, errors),
            Auth(wire.AuthProtocol, errors),
            EncryptedCredentials: sealedBlock ? Ciphers.ToStatus(network.ToString(), wire.CipherData, contexts, errors) : null,
            PreferredPLMNs: [.. wire.PreferredPlmns],
            PreferredRATs: [.. wire.PreferredRats.Select(rat => Rat(rat, errors))],
            ForbidRoaming: wire.ForbidRoaming,
            AttachAPN: wire.AttachApn,
            AttachIPType: IpType(wire.AttachIpType, errors),
            AttachAuthProtocol: Auth(wire.AttachAuthProtocol, errors));
    }

    static string Auth(Common.CellularAuthProtocol protocol, List<string> errors) => protocol switch
    {
        Common.CellularAuthProtocol.None => "",
        Common.CellularAuthProtocol.Pap => WwanAuthProtocol.Pap,
        Common.CellularAuthProtocol.Chap => WwanAuthProtocol.Chap,
        Common.CellularAuthProtocol.PapAndChap => WwanAuthProtocol.PapAndChap,
        _ => Unknown("cellular auth_protocol", protocol, errors),
    };

    static string IpType(Common.CellularIPType type, List<string> errors) => type switch
    {
        Common.CellularIPType.Unspecified => "",
        Common.CellularIPType.Ipv4 => WwanIPType.Ipv4,
        Common.CellularIPType.Ipv4AndIpv6 => WwanIPType.Ipv4AndIpv6,
        Common.CellularIPType.Ipv6 => WwanIPType.Ipv6,
        _ => Unknown("cellular ip_type", type, errors),
    };

    static string Rat(Common.RadioAccessTechnology rat, List<string> errors) => rat switch
    {
        Common.RadioAccessTechnology.Gsm => WwanRAT.Gsm,
        Common.RadioAccessTechnology.Umts => WwanRAT.Umts,
        Common.RadioAccessTechnology.Lte => WwanRAT.Lte,
        Common.RadioAccessTechnology._5Gnr => WwanRAT.Nr5G,
        _ => Unknown("cellular preferred_rats", rat, errors),
    };

    static string Unknown<TEnum>(string what, TEnum value, List<string> errors) where TEnum : struct, Enum
    {
        errors.Add($"{what} {value:D} is unknown to this device; use another one");
        return "";
    }
}
