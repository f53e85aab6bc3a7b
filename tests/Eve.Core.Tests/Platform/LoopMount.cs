using Eve.Platform;
using NUnit.Framework;

namespace Eve.Tests.Platform;

/// <summary>An ext4 file system of its own, in a file; gone with the test.</summary>
internal sealed class LoopMount : IAsyncDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly Commands _commands = new(TimeProvider.System);

    public string Root => _folder.Path("mount");

    public static async Task<LoopMount> OfAsync(int megabytes)
    {
        if (!File.Exists("/dev/loop-control"))
            Assert.Ignore("the kernel has no loop devices (/dev/loop-control)");
        var mount = new LoopMount();
        var image = mount._folder.Path("image");
        await using (var file = File.Create(image))
            file.SetLength((long)megabytes << 20);
        await mount.RunAsync("mkfs.ext4", "-q", "-m", "0", image);
        Directory.CreateDirectory(mount.Root);
        await mount.RunAsync("mount", "-o", "loop", image, mount.Root);
        return mount;
    }

    public Task RemountAsync(string option) => RunAsync("mount", "-o", "remount," + option, Root);

    public async Task RunAsync(string program, params string[] arguments) => (await _commands.RunAsync(program, arguments)).Check();

    public async ValueTask DisposeAsync()
    {
        await _commands.RunAsync("umount", [Root]);
        _folder.Dispose();
    }
}
