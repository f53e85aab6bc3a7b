using System.Reflection;
using System.Text.RegularExpressions;
using Eve.Testing;

namespace Eve.Tests.AllAgents;

/// <summary>Tells calls that take something away from the machine. By their names: an effect with another word for it is to be named in the agent's entry.</summary>
internal static partial class Removing
{
    /// <summary>What the call takes away; null if it takes nothing.</summary>
    public static string? By(MethodInfo method, object?[] arguments)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        if (Verb().IsMatch(method.Name))
            return $"{name}({string.Join(", ", arguments)})";
        var operation = arguments.SelectMany(a => a is IEnumerable<Operation> many ? many : a is Operation one ? [one] : []).FirstOrDefault(o => o is { From: not null, To: null });
        return operation == default ? null : $"{name}: {operation.From!.Id}";
    }

    /// <summary>Likewise of a program that is run.</summary>
    public static string? By(RecordedCall call) =>
        call.Arguments.Any(a => Argument().IsMatch(a)) || InputLine().IsMatch(call.Input ?? "") ? $"{call} {call.Input}" : null;

    [GeneratedRegex("^(Delete|Remove|Destroy|Undefine|Sweep|Discard|Clear|Kill|Stop|End|Drop|Detach|Flush|Forget|Purge|Shutdown|Reset|Unmount|Release|Prune|Trim|PressPowerButton)")]
    private static partial Regex Verb();

    [GeneratedRegex("^(del|delete|destroy|undefine|flush|rm|remove|poweroff|reboot|umount)$")]
    private static partial Regex Argument();

    [GeneratedRegex("""^(\w+ )?(del|delete|flush) |"(delete|destroy|flush)":""", RegexOptions.Multiline)]
    private static partial Regex InputLine();
}
