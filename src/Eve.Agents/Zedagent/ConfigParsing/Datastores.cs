using Eve.Topics;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>datastores.</summary>
internal static class Datastores
{
    const string Section = "datastores";
    const string DefaultRegion = "us-west-2";

    public static ValueList<DatastoreConfig> Parse(Wire.EdgeDevConfig config, ValueList<CipherContext> contexts, ParseInputs inputs, Faults faults) =>
        faults.Unique(Section, config.Datastores.Select(d => ToTopic(d, contexts, inputs, faults)).OfType<DatastoreConfig>(), d => d.Fqdn);

    static DatastoreConfig? ToTopic(Wire.DatastoreConfig datastore, ValueList<CipherContext> contexts, ParseInputs inputs, Faults faults)
    {
        if (!Fields.TryId(datastore.Id, out var id))
        {
            faults.Add(Section, "", Fields.Shown(datastore.Fqdn), $"datastore '{Fields.Shown(datastore.Fqdn)}' has the id '{Fields.Shown(datastore.Id)}', which is no UUID; correct it");
            return null;
        }
        var errors = new List<string>();
        if (Fields.NumberFault("datastore type", datastore.DType) is { } unknown)
            errors.Add(unknown);
        if (datastore.Fqdn.Any(char.IsControl) || datastore.Dpath.Any(char.IsControl))
            errors.Add($"datastore '{Fields.Shown(datastore.Fqdn)}' has a line break or another control character in its address; remove it");
        var cipher = Ciphers.ToStatus(id.ToString(), datastore.CipherData, contexts, errors);
        faults.Add(Section, id.ToString(), Fields.Shown(datastore.Fqdn), errors);
        return new DatastoreConfig(
            id,
            TypeName(datastore.DType),
            datastore.Fqdn,
            datastore.ApiKey,
            datastore.Password,
            datastore.Dpath,
            datastore.Region.Length > 0 ? datastore.Region : DefaultRegion,
            [.. datastore.DsCertPEM.Select(pem => (Bytes)pem.ToByteArray())])
            .With(cipher).With(Fields.Error(errors, inputs.Now));
    }

    // EVE writes the type by its name in the API.
    static string TypeName(Wire.DsType type) => type switch
    {
        Wire.DsType.DsSftp => "DsSFTP",
        _ when Enum.IsDefined(type) => type.ToString(),
        _ => type.ToString("D"),
    };
}
