using Eve.Topics;
using Common = Eve.Api.Common;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>cipherContexts, and the cipher blocks inside other objects.</summary>
internal static class Ciphers
{
    const string Section = "cipherContexts";

    public static ValueList<CipherContext> Parse(Wire.EdgeDevConfig config, Faults faults) =>
        faults.Unique(Section, config.CipherContexts.Where(c => Usable(c, faults)).Select(ToTopic), c => c.ContextID);

    /// <summary>A block as its consumer gets it, with a copy of its context; what is wrong with it goes to the errors of the object around it.</summary>
    public static CipherBlockStatus ToStatus(string blockId, Common.CipherBlock? block, IEnumerable<CipherContext> contexts, ICollection<string> errors)
    {
        if (block is null)
            return new(CipherBlockID: blockId);
        var context = contexts.FirstOrDefault(c => c.ContextID == block.CipherContextId);
        var status = new CipherBlockStatus(
            blockId, block.CipherContextId, block.InitialValue.ToByteArray(), block.CipherData.ToByteArray(), block.ClearTextSha256.ToByteArray(), CipherContext: context);
        if (block.CipherData.IsEmpty || block.CipherContextId.Length == 0)
            errors.Add("its encrypted block has incomplete data (no cipherData or no cipherContextId); encrypt it anew");
        else if (context is null)
            errors.Add($"its encrypted block names the cipher context '{Fields.Shown(block.CipherContextId)}', which is not in cipherContexts; add it or encrypt anew");
        else
            return status with { IsCipher = true };
        return status;
    }

    static bool Usable(Common.CipherContext context, Faults faults)
    {
        if ((context.ContextId.Length == 0 ? "a cipher context has no contextId; give it one" : Fields.NameFault("contextId", context.ContextId)) is not { } fault)
            return true;
        faults.Add(Section, "", Fields.Shown(context.ContextId), fault);
        return false;
    }

    static CipherContext ToTopic(Common.CipherContext context) => new(
        context.ContextId,
        (CertHashAlgorithm)context.HashScheme,
        (KeyExchangeScheme)context.KeyExchangeScheme,
        (EncryptionScheme)context.EncryptionScheme,
        context.ControllerCertHash.ToByteArray(),
        context.DeviceCertHash.ToByteArray());
}
