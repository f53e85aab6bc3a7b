using System.Reflection;

namespace Eve.Tests.AllAgents;

/// <summary>Stands in for any effect: it tells what is called, and answers that there is nothing.</summary>
public class Recorder : DispatchProxy
{
    static readonly MethodInfo Create1 = typeof(Recorder).GetMethod(nameof(Make), BindingFlags.Static | BindingFlags.NonPublic)!;

    Action<MethodInfo, object?[]> _called = (_, _) => { };
    Func<MethodInfo, object?[], (bool Known, object? Value)> _answer = (_, _) => default;

    /// <summary>An object of that interface.</summary>
    /// <param name="type">The interface.</param>
    /// <param name="called">Is told every call.</param>
    /// <param name="answer">Answers in place of "nothing"; Known false: nothing.</param>
    internal static object Of(Type type, Action<MethodInfo, object?[]> called, Func<MethodInfo, object?[], (bool Known, object? Value)>? answer = null) =>
        Create1.MakeGenericMethod(type).Invoke(null, [called, answer])!;

    static T Make<T>(Action<MethodInfo, object?[]> called, Func<MethodInfo, object?[], (bool, object?)>? answer) where T : class
    {
        var proxy = Create<T, Recorder>();
        var recorder = (Recorder)(object)proxy;
        recorder._called = called;
        recorder._answer = answer ?? recorder._answer;
        return proxy;
    }

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var arguments = args ?? [];
        _called(targetMethod!, arguments);
        return _answer(targetMethod!, arguments) is (true, var value) ? value : Blank.Answer(targetMethod!, arguments);
    }
}
