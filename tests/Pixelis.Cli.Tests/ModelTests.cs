using System.Security.Cryptography;
using System.Text.Json;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

public class ModelTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    [Fact]
    public void Random_tells_what_it_made()
    {
        tiny.Making.Succeeded();
        Assert.Contains("random parameters, seed 3", tiny.Making.Output, StringComparison.Ordinal);
        string[] files = [.. Directory.EnumerateFiles(tiny.Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(
            ["config.json", "generation_config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"], files);
    }

    [Fact]
    public async Task Inspect_counts_every_parameter()
    {
        var result = await PixelisTool.RunAsync("model", "inspect", tiny.Folder, "--json");
        using var summary = JsonDocument.Parse(result.Succeeded().Output);
        JsonElement root = summary.RootElement;
        Assert.Equal("Qwen2_5_VLForConditionalGeneration", root.GetProperty("architecture").GetString());
        // Counted by hand from the shape: embedding, 6 decoder layers, final norm; patch projection, 4 vision blocks, merger.
        const long Layer = (256 * 256 + 256) + 2 * (128 * 256 + 128) + (256 * 256) + (3 * 256 * 1024) + (2 * 256);
        const long Block = (3 * 128 * 128 + 3 * 128) + (128 * 128 + 128) + 2 * (256 * 128 + 256) + (128 * 256 + 128) + (2 * 128);
        const long Vision = (128 * 1176) + (4 * Block) + 128 + (512 * 512 + 512) + (256 * 512 + 256);
        const long Text = (4096 * 256) + (6 * Layer) + 256;
        Assert.Equal(Text + Vision, root.GetProperty("parameters").GetInt64());
        Assert.Equal(Vision, root.GetProperty("visionParameters").GetInt64());
        Assert.Equal(2 * (Text + Vision), root.GetProperty("storedBytes").GetInt64());
        JsonElement f32 = root.GetProperty("memory").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "f32");
        Assert.Equal(4 * (Text + Vision), f32.GetProperty("weightBytes").GetInt64());
        Assert.Equal(2 * 6 * 128 * 4, f32.GetProperty("cacheBytesPerToken").GetInt64());
    }

    [Fact]
    public async Task Inspect_in_text_names_the_architecture()
    {
        var result = await PixelisTool.RunAsync("model", "inspect", tiny.Folder);
        Assert.Contains("Qwen2_5_VLForConditionalGeneration", result.Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("6 layers, width 256", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_files_and_another_one_does_not()
    {
        (await PixelisTool.RunAsync("model", "random", "--like", "tiny", "--out", tiny["again"], "--seed", "3")).Succeeded();
        (await PixelisTool.RunAsync("model", "random", "--like", "tiny", "--out", tiny["other"], "--seed", "4")).Succeeded();
        Assert.Equal(Sum(tiny.Folder), Sum(tiny["again"]));
        Assert.NotEqual(Sum(tiny.Folder), Sum(tiny["other"]));
    }

    [Fact]
    public async Task Random_never_overwrites()
    {
        string before = Sum(tiny.Folder);
        var result = await PixelisTool.RunAsync("model", "random", "--like", "tiny", "--out", tiny.Folder, "--seed", "9");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("not empty", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Sum(tiny.Folder));
    }

    [Fact]
    public async Task Inspect_explains_a_missing_folder()
    {
        var result = await PixelisTool.RunAsync("model", "inspect", tiny["nowhere"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no such folder", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_explains_a_missing_shard()
    {
        Directory.CreateDirectory(tiny["sharded"]);
        File.Copy(Path.Combine(tiny.Folder, "config.json"), Path.Combine(tiny["sharded"], "config.json"));
        File.WriteAllText(Path.Combine(tiny["sharded"], "model.safetensors.index.json"), """{"weight_map": {"model.norm.weight": "model-00001-of-00002.safetensors"}}""");
        var result = await PixelisTool.RunAsync("model", "inspect", tiny["sharded"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("model-00001-of-00002.safetensors", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_reads_the_single_file_that_loading_prefers_to_an_index()
    {
        Directory.CreateDirectory(tiny["both"]);
        foreach (string file in Directory.EnumerateFiles(tiny.Folder))
            File.Copy(file, Path.Combine(tiny["both"], Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(tiny["both"], "model.safetensors.index.json"), "3");
        (await PixelisTool.RunAsync("model", "inspect", tiny["both"])).Succeeded();
        (await PixelisTool.RunAsync("ask", "-m", tiny["both"], "What?", "-n", "1")).Succeeded();
    }

    [Fact]
    public async Task Random_needs_a_folder_name()
    {
        var result = await PixelisTool.RunAsync("model", "random", "--like", "tiny", "--out", "");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--out is empty", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merge_makes_a_folder_that_answers()
    {
        using (QwenModel model = QwenModel.FromPretrained(tiny.Folder))
        using (var adapters = new AdapterSet(model))
        {
            adapters.Add("fresh", new LoraOptions()); // its change is zero
            adapters.Save("fresh", tiny["adapter"]);
        }
        var merging = await PixelisTool.RunAsync("model", "merge", "--model", tiny.Folder, "--adapter", tiny["adapter"], "--out", tiny["merged"]);
        Assert.Contains("parameters, with", merging.Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(Sum(tiny.Folder), Sum(tiny["merged"]));
        (await PixelisTool.RunAsync("ask", "-m", tiny["merged"], "What?", "-n", "1")).Succeeded();
    }

    [Fact]
    public async Task Merge_explains_a_missing_adapter_and_makes_nothing()
    {
        var result = await PixelisTool.RunAsync("model", "merge", "--model", tiny.Folder, "--adapter", tiny["no-adapter"], "--out", tiny["not-made"]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("adapter_config.json", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tiny["not-made"]));
    }

    private static string Sum(string folder) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "model.safetensors"))));
}
