using System.Text.Json;
using Eve.Host;
using NUnit.Framework;

namespace Eve.Tests;

public class DiagPrinterTests
{
    EvePaths _paths = null!;
    StringWriter _output = null!;

    [SetUp]
    public void SetUp()
    {
        _paths = new(Directory.CreateTempSubdirectory("eve-diag-").FullName);
        _output = new();
        Directory.CreateDirectory(_paths.Run);
    }

    [TearDown]
    public void TearDown()
    {
        _output.Dispose();
        Directory.Delete(_paths.Root, recursive: true);
    }

    Task<int> PrintAsync(params string[] arguments) => new DiagPrinter(_paths, TimeProvider.System, _output).PrintAsync(arguments);

    void Report(bool running)
    {
        File.WriteAllText(Path.Combine(_paths.Run, "diag.out"), "INFO: all is well\n");
        File.WriteAllText(Path.Combine(_paths.Run, "diag.json"), """{"findings":[]}""");
        foreach (var name in new[] { "diag.out", "diag.json" })
            File.SetLastWriteTimeUtc(Path.Combine(_paths.Run, name), DateTime.UnixEpoch.AddSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 7200));
        if (running)
            File.WriteAllText(Path.Combine(_paths.Run, "diag.touch"), "");
    }

    [Test]
    public async Task The_report_is_printed_with_its_age()
    {
        Report(running: true);
        Assert.That(await PrintAsync(), Is.Zero);
        Assert.That(_output.ToString(), Does.StartWith("INFO: all is well\nINFO: the report is 720").And.EndWith("nothing has changed since.\n"));
    }

    [Test]
    public async Task A_device_that_does_not_run_any_more_is_called_so()
    {
        Report(running: false);
        Assert.That(await PrintAsync(), Is.Zero);
        Assert.That(_output.ToString(), Does.EndWith("the device does not run any more.\n"));
    }

    [Test]
    public async Task As_json_it_goes_to_a_file()
    {
        Report(running: true);
        var file = Path.Combine(_paths.Root, "copy");
        Assert.That(await PrintAsync("--json", "-o", file), Is.Zero);
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        Assert.That(json.RootElement.GetProperty("ageSeconds").GetInt64(), Is.InRange(7190, 7300));
        Assert.That((json.RootElement.GetProperty("running").GetBoolean(), json.RootElement.GetProperty("report").GetProperty("findings").GetArrayLength()), Is.EqualTo((true, 0)));
        Assert.That(_output.ToString(), Is.Empty);
    }

    [TestCase("--frobnicate")]
    [TestCase("-o")]
    public async Task What_it_does_not_know_is_refused(string argument)
    {
        Assert.That(await PrintAsync(argument), Is.EqualTo(1));
        Assert.That(_output.ToString(), Does.Contain(argument));
    }

    [Test]
    public async Task Without_a_report_it_says_what_to_do()
    {
        Assert.That(await PrintAsync(), Is.EqualTo(1));
        Assert.That(_output.ToString(), Does.Contain("diag.out").And.Contain("start zedbox"));
    }
}
