using Eve.Samples.Controller;

namespace Eve.Tests.Controller;

/// <summary>A controller on loopback with a folder of its own, which it takes with it.</summary>
sealed class TestController : IAsyncDisposable
{
    TestController(LocalController controller, string folder) => (Controller, Folder) = (controller, folder);

    public LocalController Controller { get; private set; }

    public string Folder { get; }

    public string ConfigFolder => Path.Combine(Folder, "config");

    public string RootPem => File.ReadAllText(Path.Combine(ConfigFolder, "root-certificate.pem"));

    public static async Task<TestController> StartAsync(Func<ControllerOptions, ControllerOptions>? change = null)
    {
        var folder = Directory.CreateTempSubdirectory("eve-controller-").FullName;
        var options = new ControllerOptions { DataFolder = Path.Combine(folder, "data") };
        var controller = new TestController(await LocalController.StartAsync(change?.Invoke(options) ?? options), folder);
        controller.Controller.WriteDeviceConfig(controller.ConfigFolder, ["serial-1"]);
        return controller;
    }

    public async Task RestartAsync()
    {
        await Controller.DisposeAsync();
        Controller = await LocalController.StartAsync(new ControllerOptions { DataFolder = Path.Combine(Folder, "data") });
        Controller.WriteDeviceConfig(ConfigFolder, null);
    }

    public DeviceClient NewDevice(string? onboardingFolder = null) => new(Controller.ApiUrl, onboardingFolder ?? ConfigFolder, RootPem);

    public async ValueTask DisposeAsync()
    {
        await Controller.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
