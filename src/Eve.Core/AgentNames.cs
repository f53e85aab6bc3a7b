namespace Eve;

/// <summary>The names under which EVE's agents run and publish.</summary>
public static class AgentNames
{
#pragma warning disable CS1591 // each is the agent's own name
    public const string Baseosmgr = "baseosmgr";
    public const string Client = "client";
    public const string Diag = "diag";
    public const string Domainmgr = "domainmgr";
    public const string Downloader = "downloader";
    public const string Edgeview = "edgeview";
    public const string Identitymgr = "identitymgr";
    public const string Ipcmonitor = "ipcmonitor";
    public const string Ledmanager = "ledmanager";
    public const string Logmanager = "logmanager";
    public const string Loguploader = "loguploader";
    public const string Mgmtproxy = "mgmtproxy";
    public const string Monitor = "monitor";
    public const string Msrv = "msrv";
    public const string Newlogd = "newlogd";
    public const string Nim = "nim";
    public const string Nodeagent = "nodeagent";
    public const string Scepclient = "scepclient";
    public const string Tpmmgr = "tpmmgr";
    public const string Vaultmgr = "vaultmgr";
    public const string Verifier = "verifier";
    public const string Volumemgr = "volumemgr";
    public const string Waitforaddr = "waitforaddr";
    public const string Watcher = "watcher";
    public const string Wwan = "wwan";
    public const string Zedagent = "zedagent";
    public const string Zedclient = "zedclient";
    public const string Zedkube = "zedkube";
    public const string Zedmanager = "zedmanager";
    public const string Zedrouter = "zedrouter";
    public const string Zfsmanager = "zfsmanager";
#pragma warning restore CS1591
}
