using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Eve.Generator;

/// <summary>
/// Writes EveJson: for each record that is a topic or a part of one, plain code that reads and writes it.
/// System.Text.Json's own generator makes metadata instead, which costs a zedbox several generic types for each record, enum and list.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class FormGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterSourceOutput(context.CompilationProvider, static (output, compilation) =>
        {
            var topics = new TypesOf(compilation.Assembly.GlobalNamespace).Where(IsTopic).ToList();
            var pending = new Queue<INamedTypeSymbol>(topics);
            var seen = new HashSet<INamedTypeSymbol>(topics, SymbolEqualityComparer.Default);
            while (pending.Count > 0)
            {
                var type = pending.Dequeue();
                var form = new Form(type, isTopic: IsTopic(type));
                output.AddSource($"{type.Name}.g.cs", form.Source());
                foreach (var part in form.Parts.Where(seen.Add))
                    pending.Enqueue(part);
            }
        });

    static bool IsTopic(INamedTypeSymbol type) =>
        type.ContainingNamespace.ToDisplayString() == "Eve.Topics" && type.TypeKind == TypeKind.Class && type.Interfaces.Any(i => i.MetadataName == "ITopic`1");
}
