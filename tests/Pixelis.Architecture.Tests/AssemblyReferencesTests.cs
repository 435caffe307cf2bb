namespace Pixelis.Architecture.Tests;

/// <summary>The direction of references, read from the compiled assemblies: transitive references must not be used to reach upwards or sideways.</summary>
public class AssemblyReferencesTests
{
    [Fact]
    public void Assemblies_use_only_what_their_projects_reach()
    {
        var violations = Each(assembly =>
            from reference in assembly.References
            where reference.StartsWith("Pixelis", StringComparison.Ordinal) && !Reach(assembly.Name).Contains(reference)
            select $"{assembly.Name} -> {reference}");
        Assert.Empty(violations);
    }

    [Fact]
    public void Abstractions_need_nothing_but_the_framework()
    {
        var others = Each(assembly =>
            from reference in assembly.References
            where assembly.Name == "Pixelis.Abstractions" && !reference.StartsWith("System.", StringComparison.Ordinal)
            select reference);
        Assert.Empty(others);
    }

    [Fact]
    public void Tensors_stay_out_of_the_tensor_free_packages()
    {
        var violations = Each(assembly =>
            from reference in assembly.References
            where ReferenceRules.TensorFree.Contains(assembly.Name) && reference is ("Pixelis.LibTorch" or "TorchSharp" or "Pixelis.Tensors")
            select $"{assembly.Name} -> {reference}");
        Assert.Empty(violations);
    }

    [Fact]
    public void Each_native_shim_has_one_border()
    {
        var violations = Each(assembly =>
            from library in assembly.NativeLibraries
            where ReferenceRules.Shims.TryGetValue(library, out string[]? users) && !users.Contains(assembly.Name)
            select $"{assembly.Name} -> {library}");
        Assert.Empty(violations);
    }

    [Fact]
    public void Every_shim_that_is_called_is_one_we_build()
    {
        var unknown = Each(assembly =>
            from library in assembly.NativeLibraries
            where library.Contains("pixelis", StringComparison.OrdinalIgnoreCase) && !ReferenceRules.Shims.ContainsKey(library)
            select $"{assembly.Name} -> {library}");
        Assert.Empty(unknown);
    }

    [Fact]
    public void Only_the_runtime_speaks_in_TorchSharps_namespace()
    {
        var violations = Each(assembly =>
            from name in assembly.PublicNamespaces
            where assembly.Name != "Pixelis.LibTorch" && (name == "TorchSharp" || name.StartsWith("TorchSharp.", StringComparison.Ordinal))
            select $"{assembly.Name}: {name}");
        Assert.Empty(violations);
    }

    [Fact]
    public void Every_product_is_examined()
    {
        var present = Each(assembly => [assembly.Name]);
        var expected = Repository.Products.Select(project => project.Name)
            .Where(name => name != "Pixelis.LibTorch" || !TensorFlavour.IsTorchSharp);
        Assert.Equal(expected.Order(StringComparer.Ordinal), present.Order(StringComparer.Ordinal));
    }

    private static List<string> Each(Func<AssemblyMetadata, IEnumerable<string>> question)
    {
        var answers = new List<string>();
        foreach (AssemblyMetadata assembly in AssemblyMetadata.Products())
        {
            using (assembly)
                answers.AddRange(question(assembly));
        }
        return answers;
    }

    private static HashSet<string> Reach(string project)
    {
        var reached = new HashSet<string>();
        void Add(string name)
        {
            foreach (string reference in ReferenceRules.Allowed.GetValueOrDefault(name, []))
            {
                if (reached.Add(reference))
                    Add(reference);
            }
        }
        Add(project);
        return reached;
    }
}
