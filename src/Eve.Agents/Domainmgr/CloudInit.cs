using System.Globalization;
using System.Text;
using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>The files of a cloud-init seed (NoCloud).</summary>
internal static class CloudInit
{
    /// <summary>The label by which cloud-init finds the seed.</summary>
    public const string Label = "cidata";

    /// <summary>The seed of an app; null if it is to have none.</summary>
    /// <exception cref="EveException">The user data are not base64.</exception>
    public static CloudInitSeed? Seed(DomainConfig config)
    {
        if (config.MetaDataType is not (MetaDataType.Drive or MetaDataType.DriveMultipart) || string.IsNullOrEmpty(config.CloudInitUserData))
            return null;
        return new CloudInitSeed(UserData(config), MetaData(config));
    }

    static string UserData(DomainConfig config)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(config.CloudInitUserData!));
        }
        catch (FormatException)
        {
            throw new EveException($"app {config.DisplayName}: its cloud-init user data are not base64: encode them");
        }
    }

    // The instance's id moves with the version, so that cloud-init runs again in a guest whose data have changed.
    static string MetaData(DomainConfig config)
    {
        var (app, version) = config.UUIDandVersion;
        var instance = config.CloudInitVersion > 0 ? config.CloudInitVersion.ToString(CultureInfo.InvariantCulture) : version;
        return $"instance-id: {app}/{OneLine(instance)}\nlocal-hostname: {app}\n";
    }

    static string OneLine(string text) => string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'));
}

/// <summary>What a seed holds.</summary>
internal sealed record CloudInitSeed(string UserData, string MetaData);
