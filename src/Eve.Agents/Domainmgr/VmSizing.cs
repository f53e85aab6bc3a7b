using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>How large guests are, and what they cost the device (applications.md 9.7).</summary>
internal static class VmSizing
{
    const ulong MiB = 1024 * 1024;
    const int MostDisks = 24;           // vda to vdx; vdz is the seed
    const int MostInterfaces = 24;

    /// <summary>Memory as the guest gets it.</summary>
    public static ulong MemoryMiB(int kib) => ((ulong)Math.Max(0, kib) + 1023) / 1024;

    public static int Processors(VmConfig vm) => Math.Max(1, vm.VCpus);

    /// <summary>Memory that the emulator takes besides the guest's.</summary>
    /// <param name="vm">The guest's size; its VMMMaxMem (KiB) comes first.</param>
    /// <param name="limitMiB">The configured limit for all guests; 0 if there is none.</param>
    public static ulong OverheadMiB(VmConfig vm, uint limitMiB)
    {
        if (vm.VMMMaxMem > 0)
            return MemoryMiB(vm.VMMMaxMem);
        if (limitMiB > 0)
            return limitMiB;
        var processors = (ulong)Math.Max(Processors(vm), vm.MaxCpus);
        return 350 + (ulong)Math.Ceiling(MemoryMiB(vm.Memory) * 0.025) + 20 + 3 * processors;
    }

    /// <summary>Rounds to the nearest MiB, as EVE does.</summary>
    public static uint RoundMiB(ulong bytes) => (uint)Math.Min(uint.MaxValue, (bytes + MiB / 2) / MiB);

    /// <summary>Why a guest cannot be made; null if it can.</summary>
    public static string? Refusal(DomainConfig config)
    {
        var named = $"app {config.DisplayName}";
        return config switch
        {
            { VirtualizationMode: VmMode.NoHyper } => $"{named}: virtualization mode NOHYPER (a container without a virtual machine) is not built yet: use HVM",
            { VirtualizationMode: VmMode.Fml } => $"{named}: virtualization mode FML (UEFI firmware) is not built yet: use HVM",
            { IoAdapterList: [var adapter, ..] } => $"{named}: adapter {adapter.Name}: adapters are not yet given to apps: remove it from the app",
            { IsCipher: true } => $"{named}: encrypted cloud-init user data is not read yet: send it in clear text",
            { Memory: <= 0 } => $"{named}: memory {config.Memory} KiB: give it some",
            { DiskConfigList.Count: 0 } => $"{named}: it has no disk to boot from: give it a volume",
            { DiskConfigList.Count: > MostDisks } => $"{named}: {config.DiskConfigList.Count} disks: at most {MostDisks} have room",
            { VifList.Count: > MostInterfaces } => $"{named}: {config.VifList.Count} network interfaces: at most {MostInterfaces} have room",
            _ when config.DiskConfigList.FirstOrDefault(d => !DiskImage.IsAttachable(d.Format)) is { } odd
                => $"{named}: disk {odd.DisplayName}: format {odd.Format} cannot be attached to a virtual machine: use qcow2 or raw",
            _ => null,
        };
    }
}
