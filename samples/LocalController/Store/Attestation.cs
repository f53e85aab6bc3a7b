using System.Security.Cryptography;
using Eve.Api.Attest;
using Google.Protobuf;

namespace Eve.Samples.Controller.Store;

/// <summary>
/// The talk about one device's integrity. Nothing about registers is verified here: a quote is taken if it repeats the nonce,
/// or is empty because the device has no TPM. What this gives is the token for configuration requests, and a place for the device's vault keys.
/// </summary>
sealed class Attestation
{
    readonly string _path;
    readonly AttestStorageKeys _kept;
    byte[]? _nonce;

    public Attestation(string path)
    {
        _path = path;
        _kept = File.Exists(path) ? AttestStorageKeys.Parser.ParseFrom(File.ReadAllBytes(path)) : new AttestStorageKeys();
    }

    public ByteString Token
    {
        get { lock (_kept) return _kept.IntegrityToken; }
    }

    /// <summary>From now on the device's token is stale; it has to be attested anew.</summary>
    public void Forget()
    {
        lock (_kept)
        {
            _kept.IntegrityToken = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32));
            Save();
        }
    }

    public ZAttestResponse? Answer(ZAttestReq request)
    {
        lock (_kept)
        {
            return request.ReqType switch
            {
                ZAttestReqType.AttestReqCert => new ZAttestResponse { RespType = ZAttestRespType.AttestRespCert },
                ZAttestReqType.AttestReqNonce => new ZAttestResponse { RespType = ZAttestRespType.AttestRespNonce, Nonce = new ZAttestNonceResp { Nonce = ByteString.CopyFrom(NewNonce()) } },
                ZAttestReqType.AttestReqQuote => new ZAttestResponse { RespType = ZAttestRespType.AttestRespQuoteResp, QuoteResp = Take(request.Quote) },
                ZAttestReqType.StoreKeys => new ZAttestResponse { RespType = ZAttestRespType.StoreKeys, StorageKeysResp = Keep(request.StorageKeys) },
                _ => null,
            };
        }
    }

    // TPM2_Quote takes at most a digest's length of qualifying data.
    byte[] NewNonce() => _nonce = RandomNumberGenerator.GetBytes(32);

    ZAttestQuoteResp Take(ZAttestQuote? quote)
    {
        var statement = quote?.AttestData ?? ByteString.Empty;
        if (_nonce is null || !statement.IsEmpty && statement.Span.IndexOf(_nonce) < 0)
            return new ZAttestQuoteResp { Response = ZAttestResponseCode.NonceMismatch };
        _nonce = null;
        _kept.IntegrityToken = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32));
        Save();
        return new ZAttestQuoteResp { Response = ZAttestResponseCode.Success, IntegrityToken = _kept.IntegrityToken, Keys = { _kept.Keys } };
    }

    AttestStorageKeysResp Keep(AttestStorageKeys? keys)
    {
        if (keys is null || keys.IntegrityToken != _kept.IntegrityToken || _kept.IntegrityToken.IsEmpty)
            return new AttestStorageKeysResp { Response = AttestStorageKeysResponseCode.ItokenMismatch };
        _kept.Keys.Clear();
        _kept.Keys.Add(keys.Keys);
        Save();
        return new AttestStorageKeysResp { Response = AttestStorageKeysResponseCode.Success };
    }

    void Save() => AtomicFile.Write(_path, _kept.ToByteArray(), secret: true);
}
