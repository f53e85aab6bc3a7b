using System.Reflection;
using System.Text.Json;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Topics;

public class TopicTests
{
    static readonly Guid Id = Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    static IEnumerable<object> Descriptors =>
        from type in typeof(NimTopics).Assembly.GetTypes()
        where type is { IsAbstract: true, IsSealed: true, Namespace: "Eve.Topics" } && type.Name.EndsWith("Topics", StringComparison.Ordinal)
        from descriptor in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        select descriptor.GetValue(null)!;

    [Test]
    public void No_two_descriptors_share_publisher_scope_and_name() =>
        Assert.That(Descriptors.Select(topic => topic.ToString()).ToList(), Is.Unique.And.Count.GreaterThan(120));

    [Test]
    public void Every_record_is_published_by_someone() =>
        Assert.That(Descriptors.Select(topic => topic.GetType().GenericTypeArguments[0].Name).Distinct(), Is.EquivalentTo(TopicTypes.All.Keys));

    [TestCaseSource(typeof(TopicTypes), nameof(TopicTypes.Names))]
    public void Every_record_has_a_key_and_is_written_and_read_back(string type)
    {
        var topic = TopicTypes.All[type];
        var value = topic.Default();
        Assert.Multiple(() =>
        {
            Assert.That(topic.Key(value), Is.Not.Null.And.Not.Contains("/"));
            Assert.That(topic.Read("{}"), Is.EqualTo(value));
            Assert.That(topic.Read(topic.ReadAndWrite("{}")), Is.EqualTo(value));
        });
    }

    [Test]
    public void Keys_are_EVEs()
    {
        Assert.Multiple(() =>
        {
            Assert.That(new VolumeConfig(Id, GenerationCounter: 2, LocalGenerationCounter: 3).Key, Is.EqualTo($"{Id}#5"));
            Assert.That(new VolumeRefConfig(Id, 1, AppUUID: Id).Key, Is.EqualTo($"{Id}#1#{Id}"));
            Assert.That(new AppAndImageToHash(Id, Id).Key, Is.EqualTo($"{Id}.{Id}"));
            Assert.That(new AppAndImageToHash(Id, Id, PurgeCounter: 4).Key, Is.EqualTo($"{Id}.{Id}.4"));
            Assert.That(new ControllerCert(CertHash: new([0xAB, 1])).Key, Is.EqualTo("ab01"));
            Assert.That(new LedBlinkCounter().Key, Is.EqualTo("ledconfig"));
            Assert.That(new DomainStatus(new UUIDandVersion(Id, "1")).Key, Is.EqualTo(Id.ToString()));
        });
    }

    [Test]
    public void Names_are_read_in_any_case_and_unknown_ones_are_passed_over() =>
        Assert.That(JsonSerializer.Deserialize("""{"initialized":true,"REMAININGSPACE":18446744073709551615,"New":{"x":[1]}}""", VolumeMgrStatus.Json),
            Is.EqualTo(new VolumeMgrStatus(Initialized: true, RemainingSpace: ulong.MaxValue)));

    [Test]
    public void Null_is_read_as_the_empty_text_and_the_empty_part()
    {
        var status = JsonSerializer.Deserialize("""{"DisplayName":null,"UUIDandVersion":null,"VifList":null}""", DomainStatus.Json)!;
        Assert.That(status, Is.EqualTo(new DomainStatus()));
        Assert.That(status.DisplayName, Is.Empty);
    }

    [Test]
    public void An_escaped_name_is_the_same_name_and_of_a_name_given_twice_the_last_counts() =>
        Assert.That(JsonSerializer.Deserialize("""{"\u0049nitialized":true,"RemainingSpace":1,"remainingSpace":2}""", VolumeMgrStatus.Json),
            Is.EqualTo(new VolumeMgrStatus(Initialized: true, RemainingSpace: 2)));

    [TestCase("""{"RemainingSpace":-1}""")]
    [TestCase("""{"RemainingSpace":"1"}""")]
    [TestCase("""{"RemainingSpace":null}""")]
    [TestCase("""{"Initialized":1}""")]
    [TestCase("""{"Initialized":true""")]
    [TestCase("[]")]
    public void What_does_not_fit_is_refused_as_JSON(string json) =>
        Assert.That(() => JsonSerializer.Deserialize(json, VolumeMgrStatus.Json), Throws.InstanceOf<JsonException>());

    [TestCase("""{"CPUs":{}}""")]
    [TestCase("""{"VifList":[[]]}""")]
    [TestCase("""{"State":256}""")]
    [TestCase("""{"UUIDandVersion":"x"}""")]
    [TestCase("""{"BootTime":null}""")]
    public void Parts_that_do_not_fit_are_refused_as_JSON(string json) =>
        Assert.That(() => JsonSerializer.Deserialize(json, DomainStatus.Json), Throws.InstanceOf<JsonException>());

    [Test]
    public void A_number_without_a_name_stays_what_it_is()
    {
        var status = JsonSerializer.Deserialize("""{"State":200}""", DomainStatus.Json)!;
        Assert.That((int)status.State, Is.EqualTo(200));
        Assert.That(JsonSerializer.Serialize(status, DomainStatus.Json), Does.Contain("\"State\":200"));
    }

    [Test]
    public async Task A_value_that_comes_in_pieces_is_read_like_a_whole_one()
    {
        var status = new VolumeMgrStatus(Initialized: true, RemainingSpace: 7);
        var json = "{\"Unknown\":[" + string.Join(',', Enumerable.Repeat("{\"a\":\"long enough for many buffers\"}", 10_000)) + "]," + JsonSerializer.Serialize(status, VolumeMgrStatus.Json)[1..];
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        Assert.That(await JsonSerializer.DeserializeAsync(stream, VolumeMgrStatus.Json), Is.EqualTo(status));
    }

    [Test]
    public void An_error_is_set_and_taken_away_as_one_value()
    {
        var status = new BlobStatus(Sha256: "ab").With(new ErrorDescription("no space", GoTime.FromUnix(1), ErrorSeverity.Error));
        Assert.That(status.Error, Is.EqualTo("no space"));
        Assert.That(status.ToErrorDescription().ErrorSeverity, Is.EqualTo(ErrorSeverity.Error));
        Assert.That(status.With(ErrorDescription.None), Is.EqualTo(new BlobStatus(Sha256: "ab")));
    }

    [Test]
    public void An_embedded_part_goes_in_and_comes_out()
    {
        var machine = new VmConfig(Memory: 1024, VCpus: 2, DtDev: ["x"]);
        Assert.That(new DomainConfig(DisplayName: "app").With(machine).ToVmConfig(), Is.EqualTo(machine));
    }

    [Test]
    public void Values_with_equal_lists_maps_and_bytes_are_equal()
    {
        static DomainStatus Status() => new(EnvVariables: [new("a", "1")], VifList: [new VifInfo(Mac: MacAddress.Parse("02:16:3e:0a:0b:0c"))], CPUs: [1, 2]);
        var (one, other) = (Status(), Status());
        Assert.That(one, Is.EqualTo(other));
        Assert.That(one with { CPUs = [1, 3] }, Is.Not.EqualTo(other));
    }
}
