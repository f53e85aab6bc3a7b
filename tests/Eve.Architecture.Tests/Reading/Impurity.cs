using Mono.Cecil;

namespace Eve.Tests.Architecture;

/// <summary>Which calls reach the machine, the clock or chance.</summary>
static class Impurity
{
    static readonly string[] Namespaces = ["System.Net.Sockets", "System.IO.Pipes", "System.Timers", "System.IO.MemoryMappedFiles"];

    static readonly HashSet<string> Types =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.FileSystemInfo", "System.IO.FileStream",
        "System.IO.RandomAccess", "System.IO.DriveInfo", "System.IO.FileSystemWatcher", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.SocketsHttpHandler", "System.Net.Http.HttpClientHandler",
        "System.Net.Dns", "System.Net.NetworkInformation.NetworkInterface", "System.Net.NetworkInformation.Ping", "System.Net.NetworkInformation.IPGlobalProperties",
        "System.Random", "System.Security.Cryptography.RandomNumberGenerator", "System.TimeProvider", "System.Console",
        "System.Threading.Thread", "System.Threading.Timer", "System.Threading.PeriodicTimer", "System.Threading.ThreadPool",
        "System.Runtime.InteropServices.NativeLibrary",
    ];

    static readonly HashSet<string> Members =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.TimeZoneInfo.get_Local",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.IO.Path.GetTempPath", "System.IO.Path.GetTempFileName", "System.IO.Path.GetRandomFileName", "System.IO.Path.Exists",
        "System.Threading.Tasks.Task.Run", "System.Threading.Tasks.Task.Delay", "System.Threading.Tasks.TaskFactory.StartNew",
    ];

    // The compiler itself asks for the thread (in iterators); the line end is a constant of the platform.
    static readonly HashSet<string> Harmless = ["get_CurrentManagedThreadId", "get_NewLine", "get_ProcessorCount"];

    /// <summary>What the call does that a pure function does not; null for nothing.</summary>
    public static string? Of(MethodReference called)
    {
        var type = called.DeclaringType.GetElementType();
        var member = $"{type.FullName}.{called.Name}";
        var impure = type.FullName == "System.Environment" ? !Harmless.Contains(called.Name)
            : Types.Contains(type.FullName) || Members.Contains(member) || Namespaces.Contains(type.Namespace) || OpensFile(type, called);
        return impure ? member : null;
    }

    // A reader over a stream is pure, one over a path is not.
    static bool OpensFile(TypeReference type, MethodReference called) =>
        type.FullName is "System.IO.StreamReader" or "System.IO.StreamWriter" && called.Name == ".ctor" &&
        called.Parameters is [{ ParameterType.FullName: "System.String" }, ..];
}
