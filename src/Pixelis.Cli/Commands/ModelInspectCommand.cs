using System.CommandLine;
using System.Text.Json;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Models;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis model inspect</c>: what a model folder holds and what it needs.</summary>
internal static class ModelInspectCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Hugging Face model folder: config.json and *.safetensors" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("inspect", "Shows a model's architecture, parameters, and memory per number format") { folder, json };
        command.SetAction(parsed =>
        {
            ModelSummary summary = ModelSummary.Read(parsed.GetRequiredValue(folder));
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                output.WriteLine(JsonSerializer.Serialize(summary, CliJson.Default.ModelSummary));
            else
                Print(summary, output);
            return ExitCodes.Success;
        });
        return command
            .WithExamples("pixelis model inspect ./Qwen2.5-VL-3B-Instruct", "pixelis model inspect ./tiny --json")
            .WithNote("Reads config.json and the headers of the weight files; weights stay on disk.");
    }

    private static void Print(ModelSummary summary, TextWriter output)
    {
        output.WriteLine($"{summary.Architecture} in {summary.Folder}");
        output.WriteLine();
        TextSizes text = summary.Text;
        Row("parameters", $"{Quantity.Count(summary.Parameters)} ({summary.Parameters:N0})"
            + (summary.Vision is null ? "" : $", {Quantity.Count(summary.VisionParameters)} of them in the vision tower"));
        Row("decoder", $"{text.Layers} layers, width {text.HiddenSize}, {text.Heads} heads of {text.HeadSize} over {text.KeyValueHeads} key/value heads, feed-forward {text.FeedForwardSize}");
        if (summary.Vision is { } vision)
            Row("vision tower", $"{vision.Blocks} blocks, width {vision.HiddenSize}, {vision.Heads} heads, patches of {vision.PatchSize}, merged {vision.MergeSize}x{vision.MergeSize}");
        Row("vocabulary", $"{summary.VocabularySize:N0} rows, output head {(text.TiedHead ? "tied to the embedding" : "of its own")}");
        Row("context", $"{summary.ContextLength:N0} tokens");
        Row("stored", $"{Quantity.Bytes(summary.StoredBytes)} in {summary.Files} file{(summary.Files == 1 ? "" : "s")}: "
            + string.Join(", ", summary.StoredTypes.Select(type => $"{Quantity.Bytes(type.Value)} as {type.Key}")));
        output.WriteLine();
        output.WriteLine("memory       weights      cache per 1,000 tokens");
        foreach (TypeMemory memory in summary.Memory)
            output.WriteLine($"  {memory.Type,-9}  {Quantity.Bytes(memory.WeightBytes),-11}  {Quantity.Bytes(memory.CacheBytesPerToken * 1000)}");

        void Row(string name, string value) => output.WriteLine($"{name,-12} {value}");
    }
}
