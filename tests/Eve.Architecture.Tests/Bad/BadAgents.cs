// What the rules must find. Nobody uses it.
#pragma warning disable CS0414, CS0649, CS0169, CA1823, CA1802, CA1852, CA1805, IDE0044, IDE0051, CA1812, CA1822, CA2211, CS9113
namespace Bad.Agents.Nim
{
    using Eve;

    /// <summary>Uses another agent's code, and the registration.</summary>
    sealed class NosyAgent
    {
        readonly List<Zedrouter.Addresses[]> _others = [];
        void Register() => AllAgents.Add();
    }

    /// <summary>Speaks the device API (here: Mono.Cecil stands for it) without being one of those who may.</summary>
    sealed class Chatterbox
    {
        object Speak() => new Mono.Cecil.TypeReference("", "", null, null);
    }

    sealed class ForgetfulAgent(TextWriter output) : IAgent
    {
        static int s_turns;
        readonly List<string> _seen = [];
        string _last = "";
        int _count;
        TextWriter _kept = TextWriter.Null;

        public string Mood { get; set; } = "";
        public string Name { get; init; } = "";

        public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
        {
            await Task.Yield();
            _count++;
            s_turns++;
            output = TextWriter.Null;
            _seen.Add(_last);
        }
    }

    /// <summary>Has dependencies and constants only.</summary>
    sealed class GoodAgent(TextWriter output, TimeProvider time) : IAgent
    {
        const int Turns = 3;
        static readonly string s_greeting = "hello";
        readonly DateTimeOffset _made = time.GetUtcNow();

        public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
        {
            for (var turn = 0; turn < Turns; turn++)
                await output.WriteLineAsync(s_greeting + _made);
        }
    }
}

namespace Bad.Agents.Zedrouter
{
    sealed class Addresses;
}

namespace Bad.Agents.Shared
{
    sealed class TooCurious
    {
        Zedrouter.Addresses? _addresses;
    }
}

namespace Bad.Agents
{
    static class AllAgents
    {
        public static object Add() => new Nim.NosyAgent();
    }
}

namespace Bad.Host
{
    sealed class KnowsAnAgent
    {
        object Make() => Eve.Tests.Architecture.TopicRule.Topics([]);
    }
}
