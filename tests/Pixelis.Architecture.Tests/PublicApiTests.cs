using System.Reflection;
using Pixelis.TestKit;

namespace Pixelis.Architecture.Tests;

/// <summary>
/// Each package's public API as text, compared with <c>src/PACKAGE/PublicAPI.txt</c>, so that every change of it is seen in review.
/// <c>PIXELIS_UPDATE_API=1 ./test.sh Architecture</c> writes the files anew.
/// </summary>
public class PublicApiTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("PIXELIS_UPDATE_API") == "1";

    public static TheoryData<string> Packages()
    {
        var names = new TheoryData<string>();
        // The command line tool has verbs, not an API; the meta package holds no types.
        foreach (Repository.Project project in Repository.Products.Where(project => project.Name is not ("Pixelis.Cli" or "Pixelis")))
        {
            if (project.Name != "Pixelis.LibTorch" || !TensorFlavour.IsTorchSharp)
                names.Add(project.Name);
        }
        return names;
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Public_api_is_what_the_baseline_says(string package)
    {
        string actual = PublicApiText.Of(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, package + ".dll")));
        string file = Path.Combine(RepositoryFolder.Path, "src", package, "PublicAPI.txt");
        if (Update)
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{Repository.Relative(file)} is missing; PIXELIS_UPDATE_API=1 ./test.sh Architecture writes it.");

        string[] before = File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] after = actual.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string difference = string.Join('\n', before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)));
        Assert.True(difference.Length == 0,
            $"The public API of {package} differs from its baseline. If that is meant, run PIXELIS_UPDATE_API=1 ./test.sh Architecture and review the change.\n{difference}");
    }

    [Fact]
    public void A_change_would_be_seen()
    {
        string text = PublicApiText.Of(typeof(PublicApiTests).Assembly);
        Assert.Contains("Pixelis.Architecture.Tests.PublicApiTests : class\n", text, StringComparison.Ordinal);
        Assert.Contains("Pixelis.Architecture.Tests.PublicApiTests.Public_api_is_what_the_baseline_says(string package) -> void\n", text, StringComparison.Ordinal);
        Assert.Contains("Pixelis.Architecture.Tests.PublicApiTests.static Packages() -> Xunit.TheoryData<string>\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PublicApiText", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Products_without_an_api_have_none()
    {
        foreach (string name in new[] { "Pixelis", "Pixelis.Cli" })
            Assert.Empty(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, name + ".dll")).GetExportedTypes());
    }
}
