using Eve.Samples.Controller;
using NUnit.Framework;

namespace Eve.Tests.Controller;

/// <summary>The lines that LocalController's README shows.</summary>
public class ReadmeTests
{
    [Test]
    public async Task A_test_has_a_controller_in_two_lines()
    {
        var folder = Directory.CreateTempSubdirectory("eve-readme-").FullName;
        var root = Path.Combine(folder, "device");
        try
        {
            await using var controller = await LocalController.StartAsync(new ControllerOptions { DataFolder = folder });
            controller.WriteDeviceConfig(Path.Combine(root, "config"), serials: ["*"]);

            Assert.That(Path.Combine(root, "config", "server"), Does.Exist);
            Assert.That(Path.Combine(root, "config", "root-certificate.pem"), Does.Exist);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
