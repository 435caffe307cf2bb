using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

/// <summary><c>pixelis demo</c> on a model of random weights: what is shown and left behind does not depend on what it answers.</summary>
public sealed class DemoTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private Task<ChildResult> Demo(params string[] more) =>
        PixelisTool.RunAsync(["demo", "--model", tiny.Folder, "--max-new-tokens", "4", "--max-turns", "1", .. more]);

    [Fact]
    public async Task Each_family_is_asked_judged_and_kept()
    {
        ChildResult result = (await Demo("--seed", "3", "--out", tiny["shown"])).Succeeded();
        foreach (string family in new[] { "spot", "read", "compare", "track", "frame", "count" })
        {
            Assert.Matches($"(?m)^{family}, difficulty [1-3]: ", result.Output);
            Assert.True(File.Exists(tiny[$"shown/{family}.png"]), family);
            Assert.StartsWith("<!doctype html>", File.ReadAllText(tiny[$"shown/{family}.html"]), StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal(6, result.Output.Split('\n').Count(line => line.StartsWith("wrong: ", StringComparison.Ordinal) || line.StartsWith("no answer (", StringComparison.Ordinal)));
        Assert.Contains("0 of 6 right; seed 3;", result.Output);
    }

    [Fact]
    public async Task The_seed_chooses_the_scenes()
    {
        string[] Questions(ChildResult result) => [.. result.Succeeded().Output.Split('\n').Where(line => line.EndsWith('?'))];
        string[] some = ["--families", "spot,count", "--difficulty", "3", "--out", tiny["seeded"]];
        string[] first = Questions(await Demo([.. some, "--seed", "1"])), again = Questions(await Demo([.. some, "--seed", "1"])), other = Questions(await Demo([.. some, "--seed", "2"]));
        Assert.Equal(2, first.Length);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Theory]
    [InlineData("--families", "spots", "'spots' is none of them")]
    [InlineData("--difficulty", "4", "--difficulty must be of 1, 2, 3")]
    [InlineData("--tools", "hammer", "hammer")]
    public async Task What_is_not_there_is_refused(string option, string value, string message)
    {
        ChildResult result = await Demo(option, value, "--out", tiny["refused"]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error);
        Assert.False(Directory.Exists(tiny["refused"]));
    }

    [Fact]
    public async Task A_file_in_the_folders_place_is_not_overwritten()
    {
        File.WriteAllText(tiny["taken"], "mine");
        ChildResult result = await Demo("--out", tiny["taken"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("taken", result.Error);
        Assert.Equal("mine", File.ReadAllText(tiny["taken"]));
    }
}
