using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record KubeUserServices(
    ValueList<KubeServiceInfo> UserService = default,
    ValueList<KubeIngressInfo> UserIngress = default,
    KubeLBPoolStatus? LBPoolStatus = null,
    ErrorDescription? ServiceError = null) : ITopic<KubeUserServices>
{
    public ErrorDescription ServiceError { get; init; } = ServiceError ?? new();

    public string Key => "global";
    public static JsonTypeInfo<KubeUserServices> Json => EveJson.KubeUserServices;
}

public sealed record KubeServiceInfo(
    string Name = "",
    string Namespace = "",
    string Protocol = "",
    int Port = 0,
    int NodePort = 0,
    string Type = "",
    string LoadBalancerIP = "",
    bool ACEenabled = false);

public sealed record KubeIngressInfo(
    string Name = "",
    string Namespace = "",
    string Hostname = "",
    string Path = "",
    string PathType = "",
    string Protocol = "",
    string Service = "",
    int ServicePort = 0,
    string ServiceType = "",
    ValueList<string> IngressIP = default);

public sealed record KubeLBPoolStatus(
    string Interface = "",
    string IPPrefix = "",
    ValueList<string> AllocatedIPs = default,
    ErrorDescription? Error = null)
{
    public ErrorDescription Error { get; init; } = Error ?? new();
}
