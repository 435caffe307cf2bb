using System.Xml.Linq;

namespace Pixelis.Architecture.Tests;

/// <summary>The direction of references, read from the project files.</summary>
public class ProjectReferencesTests
{
    [Fact]
    public void Every_product_has_a_row_in_the_drawing() =>
        Assert.Empty(Repository.Products.Select(project => project.Name).Except(ReferenceRules.Allowed.Keys));

    [Fact]
    public void Products_reference_only_what_lies_below_them()
    {
        var violations =
            from project in Repository.Products
            from reference in project.References
            where !ReferenceRules.Allowed[project.Name].Contains(reference)
            select $"{project.Name} -> {reference}";
        Assert.Empty(violations);
    }

    [Fact]
    public void The_drawing_itself_has_no_cycle() =>
        Assert.Null(FindCycle(ReferenceRules.Allowed.ToDictionary(row => row.Key, row => (IReadOnlyList<string>)row.Value)));

    [Fact]
    public void No_project_reaches_itself() =>
        Assert.Null(FindCycle(Repository.Projects.ToDictionary(project => project.Name, project => project.References)));

    [Fact]
    public void A_cycle_would_be_found()
    {
        var graph = new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["b"], ["b"] = ["c"], ["c"] = ["a"] };
        Assert.Equal("a -> b -> c -> a", FindCycle(graph));
    }

    [Fact]
    public void Abstractions_reference_nothing()
    {
        var abstractions = Repository.Products.Single(project => project.Name == "Pixelis.Abstractions");
        Assert.Empty(abstractions.References);
        Assert.Empty(abstractions.Packages);
    }

    [Fact]
    public void Products_never_reference_tests_samples_or_benchmarks()
    {
        var products = Repository.Products.Select(project => project.Name).ToHashSet();
        Assert.Empty(Repository.Products.SelectMany(project => project.References).Except(products));
    }

    [Fact]
    public void Products_use_only_the_packages_agreed_on()
    {
        var violations =
            from project in Repository.Products
            from package in project.Packages
            where !package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                && !package.StartsWith("System.Numerics.", StringComparison.Ordinal)
                && !package.StartsWith("Microsoft.SourceLink.", StringComparison.Ordinal)
                && !ReferenceRules.AllowedPackages.GetValueOrDefault(project.Name, []).Contains(package)
            select $"{project.Name} -> {package}";
        Assert.Empty(violations);
    }

    [Fact]
    public void Only_Tensors_references_the_tensor_runtime()
    {
        var others =
            from project in Repository.Projects
            where project.Name is not "Pixelis.Tensors"
            where project.References.Contains("Pixelis.LibTorch") || project.Packages.Any(package => package.StartsWith("TorchSharp", StringComparison.Ordinal))
            select project.Name;
        Assert.Empty(others);
    }

    [Fact]
    public void Tensors_chooses_the_runtime_by_the_build_property()
    {
        XDocument document = Repository.Products.Single(project => project.Name == "Pixelis.Tensors").Document;
        string ConditionOf(string item, string include) =>
            document.Descendants(item)
                .Where(element => ((string?)element.Attribute("Include") ?? "").EndsWith(include, StringComparison.Ordinal))
                .Select(element => (string?)element.Parent!.Attribute("Condition") ?? "")
                .Single();
        Assert.Equal("'$(TensorRuntime)' == 'LibTorch'", ConditionOf("ProjectReference", "Pixelis.LibTorch.csproj"));
        Assert.Equal("'$(TensorRuntime)' == 'TorchSharp'", ConditionOf("PackageReference", "TorchSharp"));
    }

    [Fact]
    public void Package_versions_are_stated_once_and_centrally()
    {
        var versioned =
            from project in Repository.Projects
            from item in project.Document.Descendants("PackageReference")
            where item.Attribute("Version") is not null || item.Element("Version") is not null
            select $"{project.Name}: {(string?)item.Attribute("Include")}";
        Assert.Empty(versioned);
    }

    private static string? FindCycle(IReadOnlyDictionary<string, IReadOnlyList<string>> graph)
    {
        var finished = new HashSet<string>();
        var path = new List<string>();
        string? Visit(string node)
        {
            if (path.IndexOf(node) is >= 0 and var start)
                return string.Join(" -> ", path.Skip(start).Append(node));
            if (!finished.Add(node) || !graph.TryGetValue(node, out IReadOnlyList<string>? references))
                return null;
            path.Add(node);
            string? cycle = references.Select(Visit).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            return cycle;
        }
        return graph.Keys.Select(Visit).FirstOrDefault(found => found is not null);
    }
}
