using System.Text.Json;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

/// <summary>
/// The trained model that ships with the project, as the demo runs it. The bars are far below its model card: they tell a model that works
/// from one that is broken, not a good day from a bad one.
/// </summary>
public sealed class ShippedModelTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private static readonly string Model = Path.Combine(RepositoryFolder.Path, "models", "pixelis-tiny");

    [Fact]
    public async Task It_uses_its_tools_and_needs_them()
    {
        JsonElement with = await ScoresAsync("with"), without = await ScoresAsync("without", "--tools", "off");
        Assert.True(Accuracy(with) >= 0.75, $"{Accuracy(with):P0} of 30 right with tools");
        Assert.True(Accuracy(without) <= 0.4, $"{Accuracy(without):P0} of 30 right without");
        Assert.True(with.GetProperty("tool_rate").GetDouble() > 0.9);
    }

    [SharedFact("real/ocr/word_london.png")]
    public async Task It_reads_a_photo_with_the_tool()
    {
        string photo = SharedData.RequirePath("real/ocr/word_london.png");
        ChildResult result = (await PixelisTool.RunAsync("ask", "--model", Model, "--tools", "all", "--image", photo, "What does it say?", "--json")).Succeeded();
        JsonElement answer = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("READ_TEXT", answer.GetProperty("toolCalls")[0].GetProperty("tool").GetString());
        Assert.Equal("London", answer.GetProperty("answer").GetString());
    }

    [Fact]
    public void It_stays_small() =>
        Assert.InRange(Directory.EnumerateFiles(Model, "*.safetensors").Sum(f => new FileInfo(f).Length), 1_000_000, 12_000_000);

    private async Task<JsonElement> ScoresAsync(string folder, params string[] more)
    {
        ChildResult result = (await PixelisTool.RunAsync(
            ["evaluate", "--model", Model, "--data", "pixelbench:validation", "--limit", "30", "--out", tiny[folder], "--json", .. more])).Succeeded();
        return JsonDocument.Parse(result.Output).RootElement.GetProperty("scores").GetProperty("all");
    }

    private static double Accuracy(JsonElement scores) => scores.GetProperty("accuracy").GetDouble();
}
