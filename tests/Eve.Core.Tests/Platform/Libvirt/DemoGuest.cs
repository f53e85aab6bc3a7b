using Eve.Platform;

namespace Eve.Tests.Platform;

/// <summary>The demo's guest image, built once and kept in dist/guest below the checkout until its sources change.</summary>
internal static class DemoGuest
{
    static readonly SemaphoreSlim Gate = new(1);

    public static string Checkout { get; } = FindCheckout();

    public static async Task<string> ImageAsync(CancellationToken cancellationToken = default)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            var sources = Path.Combine(Checkout, "samples", "Demo", "Image");
            var work = Path.Combine(Checkout, "dist", "guest");
            var image = Path.Combine(work, "demo.qcow2");
            var newest = Directory.EnumerateFiles(sources, "*", SearchOption.AllDirectories).Max(File.GetLastWriteTimeUtc);
            if (!File.Exists(image) || File.GetLastWriteTimeUtc(image) < newest)
                (await new Commands(TimeProvider.System).RunAsync(Path.Combine(sources, "build-image.sh"), [image, work], cancellationToken: cancellationToken)).Check();
            return image;
        }
        finally
        {
            Gate.Release();
        }
    }

    static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Eve.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException("the tests run outside a checkout");
    }
}
