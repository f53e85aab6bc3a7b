using System.Globalization;

namespace Eve.Agents.Client;

/// <summary>How the client was called: <c>client [selfRegister] [getUuid] [-r maxRetries]</c>; without operations, both.</summary>
internal sealed record ClientArguments(bool SelfRegister = true, bool GetUuid = true, int MaxRetries = 0)
{
    /// <exception cref="EveException">There is an argument that means nothing.</exception>
    public static ClientArguments Parse(IReadOnlyList<string> arguments)
    {
        var (register, uuid, retries) = (false, false, 0);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "selfRegister":
                    register = true;
                    break;
                case "getUuid":
                    uuid = true;
                    break;
                case "-d":
                    break;
                case "-r" when i + 1 < arguments.Count && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out retries):
                    i++;
                    break;
                case var other:
                    throw new EveException($"client does not know the argument '{other}'; it takes selfRegister, getUuid, -r COUNT.");
            }
        }
        return register || uuid ? new(register, uuid, retries) : new(MaxRetries: retries);
    }
}
