using System.Net;
using Eve.Api.Attest;
using Eve.Api.Config;
using Eve.Samples.Controller;
using Google.Protobuf;
using NUnit.Framework;

namespace Eve.Tests.Controller;

public class AttestTests
{
    TestController _controller = null!;
    DeviceClient _device = null!;

    [SetUp]
    public async Task SetUp()
    {
        _controller = await TestController.StartAsync();
        _device = _controller.NewDevice();
        await _device.OnboardAsync();
    }

    [TearDown]
    public async Task TearDown()
    {
        _device.Dispose();
        await _controller.DisposeAsync();
    }

    Task<ZAttestResponse> AskAsync(ZAttestReq request) => _device.AskAsync(_device.PathOf("attest"), request, ZAttestResponse.Parser);

    [Test]
    public async Task Certificates_are_taken_in_either_mode()
    {
        var trusting = await AskAsync(new ZAttestReq { ReqType = ZAttestReqType.AttestReqCert });
        _controller.Controller.Settings = new ControllerSettings { Attest = AttestMode.Refuse };
        var refusing = await AskAsync(new ZAttestReq { ReqType = ZAttestReqType.AttestReqCert });
        using var nonce = await _device.SendAsync(_device.PathOf("attest"), new ZAttestReq { ReqType = ZAttestReqType.AttestReqNonce });
        Assert.Multiple(() =>
        {
            Assert.That(trusting.RespType, Is.EqualTo(ZAttestRespType.AttestRespCert));
            Assert.That(refusing.RespType, Is.EqualTo(ZAttestRespType.AttestRespCert));
            Assert.That(nonce.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public async Task A_quote_with_the_nonce_gives_a_token_and_the_keys_that_were_kept()
    {
        var token = await AttestAsync(nonce => [1, 2, .. nonce, 3]);
        var keys = new AttestStorageKeys { IntegrityToken = token.IntegrityToken, Keys = { new AttestVolumeKey { Key = ByteString.CopyFromUtf8("sealed") } } };
        var kept = await AskAsync(new ZAttestReq { ReqType = ZAttestReqType.StoreKeys, StorageKeys = keys });
        using var config = await _device.SendAsync(_device.PathOf("config"), new ConfigRequest { IntegrityToken = token.IntegrityToken });
        var again = await AttestAsync(nonce => nonce);
        var stale = await AskAsync(new ZAttestReq { ReqType = ZAttestReqType.StoreKeys, StorageKeys = keys });
        Assert.Multiple(() =>
        {
            Assert.That(token.Response, Is.EqualTo(ZAttestResponseCode.Success));
            Assert.That(token.Keys, Is.Empty);
            Assert.That(kept.StorageKeysResp.Response, Is.EqualTo(AttestStorageKeysResponseCode.Success));
            Assert.That(config.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.Keys.Single().Key.ToStringUtf8(), Is.EqualTo("sealed"));
            Assert.That(stale.StorageKeysResp.Response, Is.EqualTo(AttestStorageKeysResponseCode.ItokenMismatch));
        });
    }

    [Test]
    public async Task A_quote_without_the_nonce_is_a_mismatch_and_one_without_a_tpm_is_taken()
    {
        var wrong = await AttestAsync(_ => [1, 2, 3]);
        var none = await AttestAsync(_ => []);
        Assert.Multiple(() =>
        {
            Assert.That(wrong.Response, Is.EqualTo(ZAttestResponseCode.NonceMismatch));
            Assert.That(none.Response, Is.EqualTo(ZAttestResponseCode.Success));
        });
    }

    async Task<ZAttestQuoteResp> AttestAsync(Func<byte[], byte[]> quote)
    {
        var nonce = (await AskAsync(new ZAttestReq { ReqType = ZAttestReqType.AttestReqNonce })).Nonce.Nonce.ToByteArray();
        return (await AskAsync(new ZAttestReq { ReqType = ZAttestReqType.AttestReqQuote, Quote = new ZAttestQuote { AttestData = ByteString.CopyFrom(quote(nonce)) } })).QuoteResp;
    }
}
