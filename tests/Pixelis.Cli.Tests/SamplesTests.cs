using System.Globalization;
using System.Text.RegularExpressions;
using Pixelis.Imaging;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

/// <summary>Every sample runs as a program of its own, as the README says, on the model that ships with the project.</summary>
public sealed class SamplesTests
{
    [Fact]
    public async Task Step_1_streams_an_answer()
    {
        ChildResult result = await RunAsync("1");
        Assert.Contains("ZOOM_IN: Zoomed into image 1", result.Output, StringComparison.Ordinal);
        Assert.Contains(@"\boxed{T}", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\(Answered, \d+ tokens\)", result.Output);
    }

    [Theory]
    [InlineData("questions", "Which letter is on the white square? T (first token after ")]
    [InlineData("host", "\nT\n(stop, ")]
    public async Task Several_questions_and_a_host_answer_as_well(string step, string said) => Assert.Contains(said, (await RunAsync(step)).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Step_2_tries_its_tool_and_gives_it_to_an_agent()
    {
        ChildResult result = await RunAsync("2");
        double expected = ImageFile.Load(Path.Combine(RepositoryFolder.Path, "samples", "images", "scene.png")).ToRgb().Pixels.ToArray().Average(value => value);
        Assert.Contains(FormattableString.Invariant($"Image 1 has a mean brightness of {expected:0.0}."), result.Output, StringComparison.Ordinal);
        Assert.Contains("There is no image 7", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\((Answered|TokenLimit), \d+ tool calls\)", result.Output);
    }

    [Fact]
    public async Task Step_3_reads_what_it_wrote()
    {
        ChildResult result = await RunAsync("3");
        Assert.Contains("User: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("Assistant: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("the same after the file: True", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_4_learns()
    {
        ChildResult result = await RunAsync("4");
        Match end = Regex.Match(result.Output, @"Completed after 20 steps: loss (\d+\.\d+) -> (\d+\.\d+)");
        Assert.True(end.Success, result.Output);
        Assert.True(Number(end.Groups[2]) < 0.7 * Number(end.Groups[1]), end.Value);

        static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Step_5_collects_episodes_and_learns_from_them()
    {
        ChildResult result = await RunAsync("5");
        Assert.Matches(@"step 3: 8 episodes, reward \d\.\d\d", result.Output);
        Assert.Contains("Completed after 3 steps; the policy is now rft-3", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_step_is_refused()
    {
        ChildResult result = await ChildProcess.RunAsync("dotnet", [Program, "nine"]);
        Assert.Equal(2, result.ExitCode);
    }

    // Beside the samples' own libraries: those of the tests come with another framework.
    private static string Program
    {
        get
        {
            string own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
            return Path.Combine(own, "..", "..", "Pixelis.Samples", Path.GetFileName(own), "Pixelis.Samples.dll");
        }
    }

    private async Task<ChildResult> RunAsync(string step) =>
        (await ChildProcess.RunAsync("dotnet", [Program, step], RepositoryFolder.Path, limit: TimeSpan.FromMinutes(3))).Succeeded();
}
