using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Eve.Demo;

/// <summary>The demo's configuration of a device, as a person would write it for the controller: one image, one network, one application.</summary>
public static class DeviceConfig
{
    public const string Datastore = "d5000000-0000-4000-8000-000000000001";
    public const string Content = "c0000000-0000-4000-8000-000000000001";
    public const string Volume = "b0000000-0000-4000-8000-000000000001";
    public const string Network = "a1000000-0000-4000-8000-000000000001";
    public const string Instance = "a2000000-0000-4000-8000-000000000001";
    public const string App = "a0000000-0000-4000-8000-000000000001";

    /// <summary>The port of the device under which the application's web server answers.</summary>
    public const int Port = 8080;

    /// <summary>A device with its uplink and quick timers, and nothing on it.</summary>
    public static JsonObject Bare() => new()
    {
        ["deviceName"] = "demo-device",
        ["configItems"] = new JsonArray(Item("timer.config.interval", "5"), Item("timer.metric.interval", "10"), Item("timer.download.retry", "60")),
        ["networks"] = new JsonArray(new JsonObject { ["id"] = Network, ["type"] = "V4", ["ip"] = new JsonObject { ["dhcp"] = "Client" } }),
        ["deviceIoList"] = new JsonArray(new JsonObject
        {
            ["ptype"] = "PhyIoNetEth", ["phylabel"] = Lab.Uplink, ["logicallabel"] = Lab.Uplink, ["assigngrp"] = Lab.Uplink,
            ["phyaddrs"] = new JsonObject { ["Ifname"] = Lab.Uplink }, ["usage"] = "PhyIoUsageMgmtAndApps",
        }),
        ["systemAdapterList"] = new JsonArray(new JsonObject { ["name"] = Lab.Uplink, ["uplink"] = true, ["networkUUID"] = Network, ["lowerLayerName"] = Lab.Uplink }),
    };

    /// <summary>The same with one application from one image.</summary>
    /// <param name="datastore">Where images are.</param>
    /// <param name="image">The image's name there.</param>
    /// <param name="sha256">Its digest.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="userData">Cloud-init user data.</param>
    public static JsonObject WithApp(string datastore, string image, string sha256, long size, string userData)
    {
        var config = Bare();
        config["datastores"] = new JsonArray(new JsonObject { ["id"] = Datastore, ["dType"] = "DsHttp", ["fqdn"] = datastore });
        config["contentInfo"] = new JsonArray(ContentOf(Content, "demo image", image, sha256, size));
        config["volumes"] = new JsonArray(VolumeOf(Volume, "demo volume", Content));
        config["networkInstances"] = new JsonArray(InstanceOf(Instance, "demo network", 12));
        config["apps"] = new JsonArray(AppOf(App, "demo-app", userData, Volume, Instance, Port));
        return config;
    }

    /// <summary>Content of the datastore.</summary>
    public static JsonObject ContentOf(string id, string name, string file, string sha256, long size, string format = "QCOW2") => new()
    {
        ["uuid"] = id, ["dsIdsList"] = new JsonArray(Datastore), ["URL"] = file, ["iformat"] = format, ["sha256"] = sha256,
        ["maxSizeBytes"] = size.ToString(CultureInfo.InvariantCulture), ["displayName"] = name,
    };

    /// <summary>A volume from content.</summary>
    public static JsonObject VolumeOf(string id, string name, string content) => new()
    {
        ["uuid"] = id, ["origin"] = new JsonObject { ["type"] = "VCOT_DOWNLOAD", ["downloadContentTreeID"] = content }, ["displayName"] = name,
    };

    /// <summary>A local network instance with the subnet 10.11.N.0/24.</summary>
    public static JsonObject InstanceOf(string id, string name, int number) => new()
    {
        ["uuidandversion"] = Id(id), ["displayname"] = name, ["instType"] = "ZnetInstLocal", ["activate"] = true,
        ["port"] = new JsonObject { ["type"] = "PhyIoNetEth", ["name"] = Lab.Uplink }, ["ipType"] = "IPV4",
        ["ip"] = new JsonObject
        {
            ["subnet"] = $"10.11.{number}.0/24", ["gateway"] = $"10.11.{number}.1",
            ["dhcpRange"] = new JsonObject { ["start"] = $"10.11.{number}.2", ["end"] = $"10.11.{number}.254" },
        },
    };

    /// <summary>An application with one volume and one interface, whose web server answers under a port of the device.</summary>
    public static JsonObject AppOf(string id, string name, string userData, string volume, string instance, int port, int mebibytes = 192) => new()
    {
        ["uuidandversion"] = Id(id), ["displayname"] = name, ["activate"] = true,
        ["fixedresources"] = new JsonObject { ["memory"] = mebibytes * 1024, ["maxmem"] = mebibytes * 1024, ["vcpus"] = 1, ["maxcpus"] = 1, ["virtualizationMode"] = "HVM" },
        ["volumeRefList"] = new JsonArray(new JsonObject { ["uuid"] = volume }),
        ["interfaces"] = new JsonArray(new JsonObject
        {
            ["name"] = "net0", ["networkId"] = instance,
            ["acls"] = new JsonArray(
                new JsonObject { ["id"] = 1, ["matches"] = new JsonArray(Match("ip", "0.0.0.0/0")), ["actions"] = new JsonArray(new JsonObject()) },
                new JsonObject
                {
                    ["id"] = 2, ["matches"] = new JsonArray(Match("protocol", "tcp"), Match("lport", port.ToString(CultureInfo.InvariantCulture))),
                    ["actions"] = new JsonArray(new JsonObject { ["portmap"] = true, ["appPort"] = 80 }),
                }),
        }),
        ["userData"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(userData)),
    };

    static JsonObject Item(string key, string value) => new() { ["key"] = key, ["value"] = value };
    static JsonObject Id(string uuid) => new() { ["uuid"] = uuid, ["version"] = "1" };
    static JsonObject Match(string type, string value) => new() { ["type"] = type, ["value"] = value };
}
