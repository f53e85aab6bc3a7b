using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Eve.Tests.Architecture;

/// <summary>Who calls whom in our modules, and which methods do, themselves or by what they call, what a pure one does not.</summary>
sealed class CallGraph
{
    readonly Dictionary<MethodDefinition, List<MethodDefinition>> _callers = [];
    readonly Dictionary<MethodDefinition, string> _impure = [];
    readonly ILookup<string, MethodDefinition> _overrides;
    readonly HashSet<string> _scopes;

    public CallGraph(params ModuleDefinition[] modules)
    {
        _scopes = [.. modules.SelectMany(m => new[] { m.Assembly.Name.Name, m.Name })];
        var methods = modules.SelectMany(m => m.AllTypes()).SelectMany(t => t.Methods).ToList();
        _overrides = Overrides(methods);
        foreach (var method in methods)
            Read(method);
        Spread();
    }

    /// <summary>How the method reaches what is not pure: names of calls, the last one is the deed; null if it does not.</summary>
    public string? Impurity(MethodDefinition method) => _impure.GetValueOrDefault(method);

    void Read(MethodDefinition method)
    {
        if (method.IsPInvokeImpl)
            _impure[method] = "native code";
        foreach (var instruction in method.Code())
        {
            switch (instruction.Operand)
            {
                case MethodReference called:
                    Call(method, called);
                    break;
                case FieldReference field when instruction.OpCode == OpCodes.Stsfld && WritesState(method, field):
                    _impure.TryAdd(method, $"writes {field.DeclaringType.Name}.{field.Name}");
                    break;
            }
        }
        foreach (var machine in StateMachines(method))
            foreach (var step in machine.Methods)
                Edge(method, step);
    }

    void Call(MethodDefinition caller, MethodReference called)
    {
        if (!_scopes.Contains(called.DeclaringType.Scope?.Name ?? ""))
        {
            if (Architecture.Impurity.Of(called) is { } deed)
                _impure.TryAdd(caller, deed);
            return;
        }
        if (called.Resolve() is not { } target)
            return;
        Edge(caller, target);
        foreach (var implementation in _overrides[Slot(target)])
            Edge(caller, implementation);
        if (target.DeclaringType.Methods.FirstOrDefault(m => m is { IsConstructor: true, IsStatic: true }) is { } initializer)
            Edge(caller, initializer);
    }

    void Edge(MethodDefinition caller, MethodDefinition called)
    {
        if (!_callers.TryGetValue(called, out var callers))
            _callers[called] = callers = [];
        callers.Add(caller);
    }

    /// <summary>What a called method does, its callers do.</summary>
    void Spread()
    {
        var open = new Queue<MethodDefinition>(_impure.Keys);
        while (open.TryDequeue(out var method))
        {
            foreach (var caller in _callers.GetValueOrDefault(method) ?? [])
            {
                if (_impure.TryAdd(caller, $"{method.DeclaringType.Name}.{method.Name} → {_impure[method]}"))
                    open.Enqueue(caller);
            }
        }
    }

    // Caches of the compiler, and what a static constructor sets once, are not state.
    static bool WritesState(MethodDefinition method, FieldReference field) =>
        !field.IsGenerated() && !field.DeclaringType.InGenerated() && !(method.IsConstructor && method.IsStatic);

    static IEnumerable<TypeDefinition> StateMachines(MethodDefinition method) =>
        from attribute in method.CustomAttributes
        where attribute.AttributeType.Name is "AsyncStateMachineAttribute" or "IteratorStateMachineAttribute" or "AsyncIteratorStateMachineAttribute"
        select ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve();

    /// <summary>The methods that stand behind an interface's or a base class's, by its slot.</summary>
    static ILookup<string, MethodDefinition> Overrides(IEnumerable<MethodDefinition> methods) =>
        (from method in methods
         where method.IsVirtual
         from above in Above(method.DeclaringType).DistinctBy(t => t.FullName)
         from slot in above.Methods
         where slot.IsVirtual && slot.Parameters.Count == method.Parameters.Count && NameOf(method) == slot.Name
         select (Slot: Slot(slot), Method: method)).ToLookup(p => p.Slot, p => p.Method);

    static IEnumerable<TypeDefinition> Above(TypeDefinition type)
    {
        var direct = type.Interfaces.Select(i => i.InterfaceType).Append(type.BaseType).OfType<TypeReference>()
            .Where(t => t.Outermost().Namespace is not ("System" or "System.Collections.Generic"));
        return direct.Select(t => t.Resolve()).OfType<TypeDefinition>().SelectMany(t => Above(t).Prepend(t));
    }

    // An explicit implementation is called Namespace.IInterface.Name.
    static string NameOf(MethodDefinition method) => method.IsConstructor ? method.Name : method.Name[(method.Name.LastIndexOf('.') + 1)..];

    static string Slot(MethodDefinition method) => $"{method.DeclaringType.FullName}::{method.Name}/{method.Parameters.Count}";
}
