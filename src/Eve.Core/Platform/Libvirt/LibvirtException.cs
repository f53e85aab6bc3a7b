using System.Runtime.InteropServices;

namespace Eve.Platform;

/// <summary>What libvirt refused, in its own words.</summary>
internal sealed class LibvirtException(string message, int code = 0) : EveException(message)
{
    const int NoDomain = 42;
    const int OperationInvalid = 55;

    /// <summary>libvirt's error number (virErrorNumber).</summary>
    public int Code => code;

    /// <summary>There is no such domain.</summary>
    public bool IsNoDomain => code == NoDomain;

    /// <summary>The domain is not in the state for it: asked to stop, it had ended already.</summary>
    public bool IsWrongState => code == OperationInvalid;

    /// <summary>The last error of this thread.</summary>
    public static LibvirtException Last(string doing)
    {
        var text = Marshal.PtrToStringUTF8(LibvirtNative.virGetLastErrorMessage());
        return new LibvirtException($"{doing}: {text ?? "libvirt gives no reason"}", LibvirtNative.virGetLastErrorCode());
    }
}
