namespace Eve.Platform;

/// <summary>libvirt's event loop: one thread for the process, started with the first connection. Without it no domain's end is ever noticed.</summary>
internal static unsafe class LibvirtEventLoop
{
    static readonly Lock Gate = new();
    static bool s_started;

    /// <summary>Loads the library (14 MB) and starts the loop, once; after a failure it can be tried again. Must come before the first connection.</summary>
    public static void EnsureStarted()
    {
        lock (Gate)
        {
            if (!s_started)
                Start();
            s_started = true;
        }
    }

    static void Start()
    {
        // Asked first, since a P/Invoke that once failed may fail for ever.
        if (!System.Runtime.InteropServices.NativeLibrary.TryLoad(LibvirtNative.Library, out _))
            throw new EveException($"{LibvirtNative.Library} is not installed: install packages libvirt0 and libvirt-daemon-driver-qemu");
        // Else libvirt writes warnings, and each error that we report, to the process's error output. It reads its level at the first call.
        _ = Libc.SetEnvironment("LIBVIRT_DEBUG", "4");
        LibvirtNative.virSetErrorFunc(0, &Ignore);
        if (LibvirtNative.virEventRegisterDefaultImpl() < 0)
            throw LibvirtException.Last("libvirt's event loop");
        new Thread(Run) { IsBackground = true, Name = "libvirt events" }.Start();
    }

    static void Run()
    {
        while (LibvirtNative.virEventRunDefaultImpl() >= 0)
        {
        }
    }

    [System.Runtime.InteropServices.UnmanagedCallersOnly]
    static void Ignore(nint userData, nint error)
    {
    }
}
