using System.Text.RegularExpressions;
using Pixelis.TestKit;

namespace Pixelis.Architecture.Tests;

/// <summary>What the documents say about the repository stays true.</summary>
public partial class DocumentsTests
{
    [Fact]
    public void The_readmes_program_is_the_compiled_sample()
    {
        string readme = Read("README.md");
        string program = CSharpBlock().Match(readme).Groups[1].Value;
        string sample = Read("samples/Pixelis.Samples/Step01_AskAboutAnImage.cs");
        var lines = program.Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("string model =", StringComparison.Ordinal))
            .ToArray();
        Assert.InRange(lines.Length, 10, 20);
        foreach (string line in lines)
            Assert.Contains(line, sample, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hosting_pages_program_is_the_compiled_sample()
    {
        string program = CSharpBlock().Match(Read("docs/hosting.md")).Groups[1].Value;
        string sample = Read("samples/Pixelis.Samples/HostAnAgent.cs");
        string[] lines = [.. program.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        Assert.InRange(lines.Length, 4, 20);
        foreach (string line in lines)
            Assert.Contains(line, sample, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        var broken =
            from document in Documents()
            from Match link in Link().Matches(File.ReadAllText(document))
            let target = link.Groups[1].Value
            where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')
            let path = Path.Combine(Path.GetDirectoryName(document)!, target.Split('#')[0])
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{Repository.Relative(document)}: {target}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_product_is_in_the_drawing_of_the_architecture()
    {
        string drawing = Read("docs/architecture.md");
        var absent =
            from project in Repository.Products
            where !drawing.Contains(project.Name, StringComparison.Ordinal)
            select project.Name;
        Assert.Empty(absent);
    }

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(RepositoryFolder.Path, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Path, "docs"), "*.md"));

    private static string Read(string path) => File.ReadAllText(Path.Combine(RepositoryFolder.Path, path)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
