using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Eve.Samples.Controller.Faults;
using NUnit.Framework;

namespace Eve.Tests.Controller;

public class DatastoreTests
{
    static readonly byte[] _content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];

    TestController _controller = null!;
    HttpClient _http = null!;

    [SetUp]
    public async Task SetUp()
    {
        _controller = await TestController.StartAsync();
        Directory.CreateDirectory(Path.Combine(_controller.Controller.DatastoreFolder, "images"));
        await File.WriteAllBytesAsync(FilePath, _content);
        _http = new HttpClient { BaseAddress = _controller.Controller.DatastoreUrl };
    }

    [TearDown]
    public async Task TearDown()
    {
        _http.Dispose();
        await _controller.DisposeAsync();
    }

    string FilePath => Path.Combine(_controller.Controller.DatastoreFolder, "images", "a.img");

    [Test]
    public async Task A_file_comes_whole_with_length_and_tag()
    {
        using var response = await _http.GetAsync("images/a.img");
        using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "images/a.img"));
        var content = await response.Content.ReadAsByteArrayAsync();
        Assert.Multiple(() =>
        {
            Assert.That(content, Is.EqualTo(_content));
            Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(_content.Length));
            Assert.That(response.Headers.AcceptRanges, Does.Contain("bytes"));
            Assert.That(response.Headers.ETag?.IsWeak, Is.False);
            Assert.That(head.Headers.ETag, Is.EqualTo(response.Headers.ETag));
            Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(_content.Length));
        });
    }

    [TestCase(10, 19, 10, 10)]
    [TestCase(99_990, null, 99_990, 10)]
    [TestCase(null, 5, 99_995, 5)]
    public async Task A_part_comes_alone(int? from, int? to, int at, int length)
    {
        using var response = await GetAsync(from, to);
        var content = await response.Content.ReadAsByteArrayAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
            Assert.That(content, Is.EqualTo(_content[at..(at + length)]));
            Assert.That(response.Content.Headers.ContentRange?.Length, Is.EqualTo(_content.Length));
        });
    }

    [Test]
    public async Task A_part_behind_the_end_cannot_be_had()
    {
        using var response = await GetAsync(100_000, null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
    }

    [Test]
    public async Task A_part_of_a_changed_file_is_the_whole_new_file()
    {
        using var first = await GetAsync(0, 9);
        using var same = await GetAsync(10, 19, first.Headers.ETag);
        await File.WriteAllBytesAsync(FilePath, [1, 2, 3]);
        using var changed = await GetAsync(10, 19, first.Headers.ETag);
        var content = await changed.Content.ReadAsByteArrayAsync();
        Assert.Multiple(() =>
        {
            Assert.That(same.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
            Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(content, Is.EqualTo(new byte[] { 1, 2, 3 }));
        });
    }

    [Test]
    public async Task What_is_known_is_not_sent_again()
    {
        using var first = await _http.GetAsync("images/a.img");
        using var request = new HttpRequestMessage(HttpMethod.Get, "images/a.img") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await _http.SendAsync(request);
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [TestCase("images/none.img")]
    [TestCase("images")]
    [TestCase("..%2Fonboarding.json")]
    [TestCase("images/..%2F..%2F..%2Fonboarding.json")]
    public async Task Nothing_else_is_there(string path)
    {
        using var response = await _http.GetAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("../a", false)]
    [TestCase("/../a", false)]
    [TestCase("images/../../a", false)]
    [TestCase("", false)]
    [TestCase("images/../a", true)]
    public void No_path_leads_out_of_the_folder(string path, bool inside) =>
        Assert.That(new Eve.Samples.Controller.Files.Datastore(_controller.Controller.DatastoreFolder, null).Find(path), inside ? Is.Not.Null : Is.Null);

    [Test]
    public async Task Only_reading_is_allowed()
    {
        using var response = await _http.PutAsync("images/a.img", new ByteArrayContent([1]));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
    }

    [Test]
    public async Task A_password_is_asked_for_if_there_is_one()
    {
        await using var guarded = await TestController.StartAsync(options => options with { DatastoreUser = "eve:secret" });
        await File.WriteAllTextAsync(Path.Combine(guarded.Controller.DatastoreFolder, "a"), "text");
        using var http = new HttpClient { BaseAddress = guarded.Controller.DatastoreUrl };
        using var nobody = await http.GetAsync("a");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("eve:wrong")));
        using var wrong = await http.GetAsync("a");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("eve:secret")));
        using var right = await http.GetAsync("a");
        Assert.Multiple(() =>
        {
            Assert.That(nobody.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(nobody.Headers.WwwAuthenticate.ToString(), Does.StartWith("Basic"));
            Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [Test]
    public async Task Requests_and_bytes_are_counted()
    {
        using var whole = await _http.GetAsync("images/a.img");
        using var part = await GetAsync(0, 9);
        // A request is noted when its answer is out, which the caller may see a moment before.
        Assert.That(() => _controller.Controller.DatastoreRequests.Total("/images/a.img"), Is.EqualTo((2L, _content.Length + 10L)).After(2000, 10));
        Assert.That(_controller.Controller.DatastoreRequests.Last[1].Range, Is.EqualTo("bytes=0-9"));
    }

    [Test]
    public async Task A_connection_is_cut_where_it_was_asked_for()
    {
        _controller.Controller.Faults.Add(new Fault { Path = "/images/*", CutAfter = 30_000, Times = 1 });
        using var response = await _http.GetAsync("images/a.img", HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var got = new MemoryStream();
        Assert.That(async () => await stream.CopyToAsync(got), Throws.InstanceOf<IOException>());
        using var again = await _http.GetAsync("images/a.img");
        Assert.Multiple(() =>
        {
            Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(_content.Length));
            Assert.That(got.ToArray(), Is.EqualTo(_content[..30_000]));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [TestCase(5)]
    [TestCase(-5)]
    public async Task An_object_of_another_length_is_served_consistently(int longerBy)
    {
        _controller.Controller.Faults.Add(new Fault { Path = "/images/a.img", LongerBy = longerBy });
        using var response = await _http.GetAsync("images/a.img");
        var content = await response.Content.ReadAsByteArrayAsync();
        Assert.That(content, Has.Length.EqualTo(_content.Length + longerBy));
    }

    [Test]
    public async Task A_status_can_be_forced_for_some_requests()
    {
        _controller.Controller.Faults.Add(new Fault { Path = "*/a.img", Status = 404, Times = 2 });
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await _http.GetAsync("images/a.img");
            statuses.Add(response.StatusCode);
        }
        Assert.That(statuses, Is.EqualTo(new[] { HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK }));
    }

    async Task<HttpResponseMessage> GetAsync(int? from, int? to, EntityTagHeaderValue? ifRange = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "images/a.img") { Headers = { Range = new RangeHeaderValue(from, to) } };
        if (ifRange is not null)
            request.Headers.IfRange = new RangeConditionHeaderValue(ifRange);
        return await _http.SendAsync(request);
    }
}
