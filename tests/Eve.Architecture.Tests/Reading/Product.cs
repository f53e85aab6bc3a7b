using Mono.Cecil;

namespace Eve.Tests.Architecture;

/// <summary>What was built, as IL, and the folder that it was built from.</summary>
static class Product
{
    static readonly ReaderParameters Reading = new() { AssemblyResolver = Resolver() };

    public static ModuleDefinition Core { get; } = Read("Eve.Core");
    public static ModuleDefinition Api { get; } = Read("Eve.Api");
    public static ModuleDefinition Agents { get; } = Read("Eve.Agents");
    public static ModuleDefinition Host { get; } = Read("zedbox");
    public static ModuleDefinition Tests { get; } = Read("Eve.Architecture.Tests");

    /// <summary>The root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>All C# files below the folders that are written by hand, as paths from the root.</summary>
    public static IReadOnlyList<string> Sources(params string[] folders) =>
        [.. from folder in folders
            let full = Path.Combine(Root, folder)
            where Directory.Exists(full)
            from file in Directory.EnumerateFiles(full, "*.cs", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(Root, file)
            where !path.Split('/').Any(part => part is "obj" or "bin")
            orderby path
            select path];

    static ModuleDefinition Read(string name) => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, name + ".dll"), Reading);

    static DefaultAssemblyResolver Resolver()
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        return resolver;
    }

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Eve.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the checkout.");
        return folder.FullName;
    }
}
