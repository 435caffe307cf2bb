using System.Text.Json;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

public class AskTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    [Fact]
    public async Task Streams_an_answer_about_an_image()
    {
        var result = await PixelisTool.RunAsync("ask", "--model", tiny.Folder, "--image", tiny.Image, "What is it?", "--max-new-tokens", "8");
        Assert.Equal(0, result.ExitCode);
        Assert.NotEqual("", result.Output.Trim());
        Assert.Contains("tokens read", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_tells_answer_and_numbers_and_sampling_repeats_with_its_seed()
    {
        string[] line = ["ask", "-m", tiny.Folder, "-i", tiny.Image, "What is it?", "-n", "6", "--json", "--dtype", "f32", "--temperature", "1", "--seed", "5"];
        using var first = JsonDocument.Parse((await PixelisTool.RunAsync(line)).Succeeded().Output);
        using var second = JsonDocument.Parse((await PixelisTool.RunAsync(line)).Succeeded().Output);
        JsonElement root = first.RootElement;
        Assert.InRange(root.GetProperty("newTokens").GetInt32(), 1, 6);
        // 84x56 pixels are 6x4 patches, merged to 6 features; the template and the question come on top.
        Assert.InRange(root.GetProperty("promptTokens").GetInt32(), 6 + 5, 200);
        Assert.Equal(root.GetProperty("answer").GetString(), second.RootElement.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Missing_model_and_missing_image_are_told_apart()
    {
        var model = await PixelisTool.RunAsync("ask", "-m", tiny["nowhere"], "-i", tiny.Image, "What?");
        AssertOneLine(model, "nowhere");
        var image = await PixelisTool.RunAsync("ask", "-m", tiny.Folder, "-i", tiny["nothing.jpg"], "What?");
        AssertOneLine(image, "nothing.jpg");
    }

    [Fact]
    public async Task A_corrupt_image_is_named()
    {
        byte[] png = File.ReadAllBytes(tiny.Image);
        File.WriteAllBytes(tiny["half.png"], png[..(png.Length / 2)]);
        AssertOneLine(await PixelisTool.RunAsync("ask", "-m", tiny.Folder, "-i", tiny["half.png"], "What?"), "half.png");
        File.WriteAllText(tiny["text.jpg"], "no picture at all");
        AssertOneLine(await PixelisTool.RunAsync("ask", "-m", tiny.Folder, "-i", tiny["text.jpg"], "What?"), "text.jpg");
    }

    [Fact]
    public async Task An_unknown_architecture_is_named()
    {
        CopyModel("llama");
        string config = Path.Combine(tiny["llama"], "config.json");
        File.WriteAllText(config, File.ReadAllText(config)
            .Replace("Qwen2_5_VLForConditionalGeneration", "LlamaForCausalLM", StringComparison.Ordinal)
            .Replace("\"qwen2_5_vl\"", "\"llama\"", StringComparison.Ordinal));
        AssertOneLine(await PixelisTool.RunAsync("ask", "-m", tiny["llama"], "What?"), "lama");
    }

    [Fact]
    public async Task A_truncated_weight_file_is_named()
    {
        CopyModel("cut");
        string weights = Path.Combine(tiny["cut"], "model.safetensors");
        using (FileStream stream = File.OpenWrite(weights))
            stream.SetLength(stream.Length / 2);
        AssertOneLine(await PixelisTool.RunAsync("ask", "-m", tiny["cut"], "What?"), "model.safetensors");
    }

    [Fact]
    public async Task Ctrl_c_stops_cleanly_with_130()
    {
        // Without an end of turn in 7,000 tokens this would run for minutes; two seconds in, it has started or is loading.
        var result = await PixelisTool.InterruptAsync("INT", TimeSpan.FromSeconds(4), "ask", "-m", tiny.Folder, "Tell a story.", "-n", "7000", "--temperature", "3", "--seed", "1");
        Assert.Equal(130, result.ExitCode);
        Assert.EndsWith("pixelis: stopped\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_c_ends_what_waits_for_a_pipe_that_nobody_writes_to()
    {
        await ChildProcess.RunAsync("mkfifo", [tiny["pipe.jpg"]]);
        var result = await PixelisTool.InterruptAsync("INT", TimeSpan.FromSeconds(2), "ask", "-m", tiny.Folder, "-i", tiny["pipe.jpg"], "What?");
        Assert.Equal(130, result.ExitCode); // 137 is what the sixty seconds until SIGKILL would give
    }

    [Theory]
    [InlineData("--threads", "100000", "--threads must be from 1 to")]
    [InlineData("--dtype", "f16", "--dtype f16 needs a GPU")]
    [InlineData("--device", "cuda:99999999999", "--device must be")]
    [InlineData("--top-p", "0", "--top-p must be")]
    [InlineData("-n", "0", "--max-new-tokens must be")]
    public async Task A_setting_that_cannot_work_is_refused_before_loading(string option, string value, string expected)
    {
        string[] device = option == "--device" ? [] : ["--device", "cpu"]; // whatever this machine has
        var result = await PixelisTool.RunAsync(["ask", "-m", tiny.Folder, "What?", option, value, .. device]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_of_spaces_is_empty()
    {
        var result = await PixelisTool.RunAsync("ask", "-m", tiny.Folder, " \t ");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("question is empty", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verbose_shows_where_it_failed()
    {
        var result = await PixelisTool.RunAsync("ask", "-m", tiny.Folder, "-i", tiny["nothing.jpg"], "What?", "--verbose");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("   at ", result.Error, StringComparison.Ordinal);
    }

    private static void AssertOneLine(ChildResult result, string named)
    {
        Assert.Equal(1, result.ExitCode);
        string line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("pixelis: ", line, StringComparison.Ordinal);
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    private void CopyModel(string name)
    {
        Directory.CreateDirectory(tiny[name]);
        foreach (string file in Directory.EnumerateFiles(tiny.Folder))
            File.Copy(file, Path.Combine(tiny[name], Path.GetFileName(file)));
    }
}
