using System.Text.RegularExpressions;
using Pixelis.TestKit;
using Xunit.Abstractions;

namespace Pixelis.Architecture.Tests;

/// <summary>Rules about source text that no compiler checks.</summary>
public partial class SourceRulesTests(ITestOutputHelper output)
{
    private const int LinesPerFile = 300;

    [Fact]
    public void Files_stay_short()
    {
        var files =
            from project in Repository.Products
            from path in Repository.SourceFiles(project)
            let lines = File.ReadLines(path).Count()
            where lines > LinesPerFile
            orderby lines descending
            select $"{Repository.Relative(path)}: {lines} lines (limit {LinesPerFile})";
        string[] tooLong = [.. files];
        foreach (string line in tooLong)
            output.WriteLine(line);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var findings =
            from project in Repository.Products
            from path in Repository.SourceFiles(project)
            from line in File.ReadLines(path).Select((text, index) => (Text: text, Number: index + 1))
            where Unfinished().IsMatch(line.Text)
            select $"{Repository.Relative(path)}:{line.Number}: {line.Text.Trim()}";
        Assert.Empty(findings);
    }

    [Fact]
    public void Folders_name_an_idea()
    {
        var vague =
            from project in Repository.Products
            from folder in Directory.EnumerateDirectories(project.Folder, "*", SearchOption.AllDirectories)
            where Path.GetFileName(folder) is "Utils" or "Utilities" or "Common" or "Helpers" or "Misc"
            select Repository.Relative(folder);
        Assert.Empty(vague);
    }

    [Fact]
    public void Build_flavours_are_told_apart_only_beside_the_runtime()
    {
        var findings =
            from project in Repository.Products
            where project.Name is not "Pixelis.Tensors"
            from path in Repository.SourceFiles(project)
            from line in File.ReadLines(path)
            where FlavourGuard().IsMatch(line)
            select $"{Repository.Relative(path)}: {line.Trim()}";
        Assert.Empty(findings);
    }

    [Fact]
    public void The_solution_lists_every_project()
    {
        string solution = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "Pixelis.sln")).Replace('\\', '/');
        var absent =
            from project in Repository.Projects
            where !solution.Contains($"/{project.Name}.csproj", StringComparison.Ordinal)
            select project.Name;
        Assert.Empty(absent);
    }

    [Fact]
    public void Every_product_with_logic_has_a_test_suite()
    {
        var suites = Repository.Projects.Where(project => project.Group == "tests").Select(project => project.Name).ToHashSet();
        var untested =
            from product in Repository.Products
            where product.Name != "Pixelis" // the meta package holds no code of its own
            where !suites.Contains(product.Name + ".Tests")
            select product.Name;
        Assert.Empty(untested);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^\s*#\s*(if|elif)\b.*\b(LIBTORCH|TORCHSHARP)\b")]
    private static partial Regex FlavourGuard();
}
