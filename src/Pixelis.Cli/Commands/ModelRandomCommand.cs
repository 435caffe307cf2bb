using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Models;
using Pixelis.Models.Qwen.RandomModels;
using Spectre.Console;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis model random</c>: a model folder with the layout of a released one and random weights.</summary>
internal static class ModelRandomCommand
{
    public static Command Create()
    {
        var like = new Option<string>("--like") { Description = $"Shape: {Names()}", Required = true, HelpName = "SHAPE" };
        var folder = new Option<string>("--out", "-o") { Description = "Folder to make; must not exist or be empty", Required = true, HelpName = "FOLDER" };
        var seed = new Option<ulong>("--seed") { Description = "Same seed, same weights", DefaultValueFactory = _ => 0 };
        Option<WeightType?> type = CommonOptions.WeightType("Type of the stored weights (default bf16)");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("random", "Makes a model with random weights: real layout, answers without meaning") { like, folder, seed, type, json };
        command.SetAction((parsed, cancellation) =>
        {
            RandomModelShape shape = RandomModelShape.Find(parsed.GetRequiredValue(like))
                ?? throw new UsageException($"There is no shape '{parsed.GetValue(like)}'; choose one of {Names()}.");
            if (string.IsNullOrWhiteSpace(parsed.GetRequiredValue(folder)))
                throw new UsageException("--out is empty; it names the folder to make.");
            var options = new RandomModelOptions
            {
                Seed = parsed.GetValue(seed),
                DataType = (parsed.GetValue(type) ?? CommandLine.WeightType.BF16).ToScalarType(),
            };
            return Task.Run(() => Run(shape, parsed.GetRequiredValue(folder), options, parsed.GetValue(json), parsed.InvocationConfiguration, cancellation), CancellationToken.None);
        });
        return command
            .WithExamples(
                "pixelis model random --like qwen2.5-vl-tiny --out ./tiny",
                "pixelis model random --like 0.5b --out ./half --seed 7 --dtype f32",
                "pixelis model random --like 7b --out /data/big        # 16.6 GB on disk")
            .WithNote("Such a model runs like a trained one of its size, and what it writes means nothing: use it to try things out and to measure.");
    }

    private static int Run(
        RandomModelShape shape, string folder, RandomModelOptions options, bool json, InvocationConfiguration streams, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        WriteWithProgress(shape, folder, options, streams.Error, cancellation);
        ModelSummary summary = ModelSummary.Read(folder);
        if (json)
        {
            streams.Output.WriteLine(JsonSerializer.Serialize(summary, CliJson.Default.ModelSummary));
            return ExitCodes.Success;
        }
        string seconds = Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        streams.Output.WriteLine($"{folder}: {shape.Name}, {Quantity.Count(summary.Parameters)} random parameters, seed {options.Seed}, written in {seconds} s");
        streams.Output.WriteLine($"Try: pixelis ask --model {folder} --image photo.jpg \"What is in the picture?\"");
        return ExitCodes.Success;
    }

    private static void WriteWithProgress(
        RandomModelShape shape, string folder, RandomModelOptions options, TextWriter error, CancellationToken cancellation)
    {
        IAnsiConsole console = Terminal.For(error);
        if (!console.Profile.Capabilities.Interactive)
        {
            RandomModel.Write(folder, shape, options, cancellation);
            return;
        }
        console.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask($"Writing {shape.Name}", maxValue: 1);
            RandomModel.Write(folder, shape, options with { Progress = new Reporter(task) }, cancellation);
        });
    }

    private static string Names() => string.Join(", ", RandomModelShape.All.Select(shape => shape.Name));

    // Progress<T> would post to the thread pool, where reports may overtake each other.
    private sealed class Reporter(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
