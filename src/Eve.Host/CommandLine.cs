using System.CommandLine;
using Eve.Host.Ipcmonitor;

namespace Eve.Host;

/// <summary>What zedbox, or a symbolic link to it, was asked to do.</summary>
/// <param name="Names">The agents to run; empty: the whole device.</param>
/// <param name="Options">How the device is set up.</param>
/// <param name="Rest">What is left for the agent or tool.</param>
internal sealed record CommandLine(IReadOnlyList<string> Names, DeviceOptions Options, IReadOnlyList<string> Rest)
{
    /// <summary>What ipcmonitor is to show; null: it was not called.</summary>
    public MonitorRequest? Monitor { get; init; }

    const string About =
        """
        Eve for .NET: the microservices of an edge device in one program.
        Without a command it is the whole device: boot steps, onboarding, all agents; SIGTERM stops it in order.
        Through a symbolic link that is called like an agent, it runs that agent only.
        """;

    /// <summary>Takes a program's name and arguments apart, and does what was asked. A link's name is an agent's.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> InvokeAsync(string program, string[] arguments, Func<CommandLine, Task<int>> run)
    {
        var root = new Option<string>("--root") { Description = "Every path of the device hangs on this folder.", DefaultValueFactory = _ => "/", HelpName = "DIR", Recursive = true };
        var network = new Option<bool>("--manage-machine-network") { Description = "Let a device with another root touch the machine's own network interfaces.", Recursive = true };
        var name = Path.GetFileNameWithoutExtension(program);
        var whole = new RootCommand(name == "zedbox" ? About : $"{name}: one of the agents and tools of zedbox.") { root, network };
        DeviceOptions Options(ParseResult given) => new() { Root = Path.GetFullPath(given.GetRequiredValue(root)), ManageMachineNetwork = given.GetValue(network) };

        if (name == "zedbox")
        {
            whole.SetAction((given, _) => run(new([], Options(given), [])));
            whole.Add(Run(Options, run));
            var monitor = new Command(AgentNames.Ipcmonitor, MonitorCommand.Description);
            MonitorCommand.AddTo(monitor, Monitor);
            whole.Add(monitor);
        }
        else if (name == AgentNames.Ipcmonitor)
        {
            whole.Description = MonitorCommand.Description;
            MonitorCommand.AddTo(whole, Monitor);
        }
        else
        {
            whole.TreatUnmatchedTokensAsErrors = false;
            whole.SetAction((given, _) => run(new([name], Options(given), [.. given.UnmatchedTokens])));
        }
        return whole.Parse(arguments).InvokeAsync();

        Task<int> Monitor(MonitorRequest request, ParseResult given) => run(new([AgentNames.Ipcmonitor], Options(given), []) { Monitor = request });
    }

    static Command Run(Func<ParseResult, DeviceOptions> options, Func<CommandLine, Task<int>> run)
    {
        var names = new Argument<string[]>("AGENT") { Description = "Names of agents.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("run", "Runs only these agents, in this process. Without zedagent among them there is no configuration: all configuration items have their defaults.") { names };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((given, _) => run(new(given.GetRequiredValue(names), options(given), [.. given.UnmatchedTokens])));
        return command;
    }
}
