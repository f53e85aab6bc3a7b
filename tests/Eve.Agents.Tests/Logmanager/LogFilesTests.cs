using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Eve.Agents.Logmanager;
using Eve.Agents.Shared;
using Eve.Tests.Platform;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Logmanager;

public class LogFilesTests
{
    static readonly Guid s_app = new("aaaaaaaa-0000-0000-0000-000000000001");

    TemporaryFolder _folder = null!;
    FakeTimeProvider _time = null!;
    LogFiles _files = null!;

    [SetUp]
    public void SetUp()
    {
        (_folder, _time) = (new(), new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero)));
        _files = NewFiles();
        _files.Begin();
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    LogFiles NewFiles() => new(new EvePaths(_folder.Root), _time);
    string In(string folder) => Path.Combine(_folder.Root, "persist/newlog", folder);
    string[] Names(string folder) => [.. Directory.GetFiles(In(folder)).Select(f => Path.GetFileName(f)).Order()];

    internal static string[] Unzip(byte[] file)
    {
        using var zip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
        using var reader = new StreamReader(zip, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Test]
    public void Lines_are_collected_and_compressed_under_eve_s_names()
    {
        _files.Write(LogStream.Upload, "{\"devID\":\"x\"}", ["{\"a\":1}"]);
        Assert.That(_files.Write(LogStream.Upload, "another", ["{\"a\":2}"]), Is.EqualTo(14 + 8 + 8));
        Assert.That(Names("collect").Single(), Does.StartWith("dev.log.upload."));
        _files.Close(LogStream.Upload);
        Assert.That(Names("collect"), Is.Empty);
        Assert.That(Names("devUpload"), Is.EqualTo(new[] { "dev.log.1777636800000.gz" }));

        var log = _files.Oldest(LogStream.DeviceUpload)!;
        var file = _files.Read(log);
        Assert.That(Unzip(file), Is.EqualTo(new[] { "{\"a\":1}", "{\"a\":2}" }));
        Assert.That((file[3], Encoding.Latin1.GetString(file, 10, 14), BitConverter.ToUInt32(file, 4)), Is.EqualTo(((byte)16, "{\"devID\":\"x\"}\0", 1777636800u)), "a comment and the time");
        _files.Sent(log);
        Assert.That((Names("devUpload"), Names("keepSentQueue")), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
    }

    [Test]
    public void An_app_s_files_carry_its_name_and_are_kept_after_their_upload()
    {
        _files.Write(LogStream.Of(s_app, upload: true), "Zwölf Ω", ["one"]);
        _files.Close(LogStream.Of(s_app, upload: true));
        var log = _files.Oldest(LogStream.AppUpload)!;
        var file = _files.Read(log);
        Assert.That((log.App, file[3], Encoding.Latin1.GetString(file, 10, 13)), Is.EqualTo(((Guid?)s_app, (byte)8, "Zwölf \\u03a9\0")));
        Assert.That(Unzip(file), Is.EqualTo(new[] { "one" }));
        _files.Sent(log);
        Assert.That(Names("keepSentQueue").Single(), Does.StartWith($"app.{s_app}.log."));

        _files.Write(LogStream.Of(s_app, upload: false), "x", ["secret"]);
        _files.Close(LogStream.Of(s_app, upload: false));
        Assert.That((Names("appUpload").Length, Names("keepSentQueue").Last()), Is.EqualTo((0, $"app.skipTx.{s_app}.log.1777636800001.gz")));
    }

    [Test]
    public void What_a_killed_life_collected_is_compressed_by_the_next()
    {
        _files.Write(LogStream.Upload, "{}", ["one"]);
        _files.Write(LogStream.Keep, "{}", ["one"]);
        _files.Write(LogStream.Of(s_app, true), "demo", ["two"]);
        File.WriteAllText(Path.Combine(In("collect"), "strange"), "x");
        File.WriteAllText(Path.Combine(In("devUpload"), $"tmp{Guid.NewGuid():N}"), "half a file");
        Assert.That(File.ReadAllLines(Path.Combine(In("collect"), "current.device.log")), Is.EqualTo(new[] { "{}", "one" }));
        NewFiles().Begin();
        Assert.That((Names("collect").Length, Names("devUpload").Length, Names("appUpload").Length, Names("keepSentQueue").Length), Is.EqualTo((0, 1, 1, 1)));
    }

    [Test]
    public void Names_grow_even_if_the_clock_goes_back()
    {
        for (var i = 0; i < 3; i++)
        {
            _files.Write(LogStream.Upload, "{}", ["one"]);
            _files.Close(LogStream.Upload);
        }
        Assert.That(Names("devUpload"), Is.EqualTo(new[] { "dev.log.1777636800000.gz", "dev.log.1777636800001.gz", "dev.log.1777636800002.gz" }));
        var later = new LogFiles(new EvePaths(_folder.Root), new FakeTimeProvider(DateTimeOffset.UnixEpoch));
        later.Begin();
        later.Write(LogStream.Upload, "{}", ["two"]);
        later.Close(LogStream.Upload);
        Assert.That(Names("devUpload").Last(), Is.EqualTo("dev.log.1777636800003.gz"));
    }

    [Test]
    public void A_file_without_lines_is_none()
    {
        _files.Write(LogStream.Upload, "{}", []);
        Assert.That((_files.Close(LogStream.Upload), Names("devUpload").Length, _files.Close(LogStream.Keep)), Is.EqualTo((0L, 0, 0L)));
    }

    [Test]
    public void Much_is_cut_into_files_that_a_controller_takes()
    {
        var random = new Random(7);
        var lines = Enumerable.Range(0, 4000).Select(i => $"{i} {random.NextInt64():x} {random.NextInt64():x} {random.NextInt64():x}").ToList();
        var files = Gzip.Pack(lines, null, "{}", _time.GetUtcNow()).ToList();
        Assert.That(files, Has.Count.GreaterThan(2).And.All.Property("Length").LessThan(Gzip.MostBytes));
        Assert.That(files.SelectMany(Unzip), Is.EqualTo(lines));
    }

    [Test]
    public void A_line_is_an_entry_as_go_writes_it()
    {
        var time = new DateTimeOffset(2026, 5, 1, 12, 0, 0, 5, TimeSpan.Zero).AddTicks(7);
        var entry = LogEntries.Of(new LogLine(time, LogLevel.Warning, "nim", "x", "{\"msg\":\"x\"}"), 3);
        Assert.That(entry, Is.EqualTo("""{"severity":"warning","source":"nim","content":"{\"msg\":\"x\"}","msgid":3,"timestamp":{"seconds":1777636800,"nanos":5000700}}"""));
        using var console = JsonDocument.Parse(LogEntries.Of(new ConsoleLine(time, s_app, "demo", false, "login:"), 4));
        Assert.That((console.RootElement.GetProperty("source").GetString(), console.RootElement.GetProperty("content").GetString()), Is.EqualTo((s_app.ToString(), "login:")));
    }

    [Test]
    public void What_is_too_much_goes_the_least_precious_first()
    {
        List<(string, long)> files = [("kept1", 40_000), ("kept2", 40_000), ("failed", 40_000), ("app", 40_000), ("device", 40_000)];
        Assert.That(LogPacing.Excess(files, 1_000_000), Is.Empty);
        Assert.That(LogPacing.Excess(files, 100_000), Is.EqualTo(new[] { "kept1", "kept2", "failed" }));
        Assert.That(LogPacing.Excess(files, 0), Has.Count.EqualTo(5));
        Assert.That(LogPacing.Excess([.. Enumerable.Range(0, 30).Select(i => ($"{i}", 1L))], 1_000_000), Has.Count.EqualTo(10), "the number counts too");
        Assert.That(LogPacing.Quota(ConfigView.Defaults, 1_000_000_000_000), Is.EqualTo(2_048_000_000L));
        Assert.That(LogPacing.Quota(ConfigView.Defaults, 1_000_000_000), Is.EqualTo(100_000_000L));
    }

    [TestCase(200, (int)UploadVerdict.Sent)]
    [TestCase(201, (int)UploadVerdict.Sent)]
    [TestCase(0, (int)UploadVerdict.Again)]
    [TestCase(503, (int)UploadVerdict.Again)]
    [TestCase(429, (int)UploadVerdict.Again)]
    [TestCase(404, (int)UploadVerdict.Refused)]
    public void An_answer_decides(int code, int expected) =>
        Assert.That(LogPacing.Judge(new ControllerAnswer { HttpCode = code }), Is.EqualTo((UploadVerdict)expected));

    [Test]
    public void Refused_files_are_laid_aside_and_bounded()
    {
        for (var i = 0; i < 1000; i++)
            File.WriteAllText(Path.Combine(In("failedUpload"), $"dev.log.{i}.gz"), "");
        _files.Write(LogStream.Upload, "{}", ["one"]);
        _files.Close(LogStream.Upload);
        _files.LayAside(_files.Oldest(LogStream.DeviceUpload)!);
        Assert.That((Names("failedUpload").Length, File.Exists(Path.Combine(In("failedUpload"), "dev.log.0.gz"))), Is.EqualTo((1000, false)));
    }
}
