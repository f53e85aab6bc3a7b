using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Eve.Generator;

/// <summary>All types of a namespace and of those within it.</summary>
sealed class TypesOf(INamespaceSymbol root) : IEnumerable<INamedTypeSymbol>
{
    public IEnumerator<INamedTypeSymbol> GetEnumerator() =>
        root.GetTypeMembers().Concat(root.GetNamespaceMembers().SelectMany(within => new TypesOf(within))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
