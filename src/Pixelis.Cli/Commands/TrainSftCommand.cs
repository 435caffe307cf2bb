using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Training;
using Pixelis.Training;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis train sft</c>: supervised fine-tuning.</summary>
internal static class TrainSftCommand
{
    private static readonly Option<string> Data = new("--data", "-d") { Description = "Traces (JSON Lines), or pixelbench[:FAMILY,...][@DIFFICULTY,...]", Required = true, HelpName = "FILE" };
    private static readonly Option<string?> Validation = new("--validation") { Description = "Held-out traces whose loss is measured", HelpName = "FILE" };
    private static readonly Option<int?> Steps = TrainOptions.Steps("Optimizer steps");
    private static readonly Option<int?> Batch = new("--batch") { Description = "Examples a step", HelpName = "N" };
    private static readonly Option<bool> Packing = new("--packing") { Description = "Conversations one after another in a row, each for itself, instead of padded side by side" };
    private static readonly Option<bool> Mixed = TrainOptions.Mixed("Matrix products in bfloat16, weights in float32");

    public static Command Create()
    {
        var command = new Command("sft", "Learns to say what given conversations say (supervised fine-tuning)")
        {
            TrainOptions.Model, Data, TrainOptions.Out, TrainOptions.Config, Validation, TrainOptions.AgentExamples, Steps, Batch, TrainOptions.MicroTokens, Packing,
            TrainOptions.Rate, TrainOptions.EvaluateEvery, TrainOptions.SaveEvery, TrainOptions.Freeze, Mixed, TrainOptions.Recompute, TrainOptions.LoraRank,
            TrainOptions.LoraAlpha, TrainOptions.Ranks, TrainOptions.Targets, TrainOptions.Export, TrainOptions.Seed, TrainOptions.Threads, TrainOptions.SkipBroken,
        };
        command.SetAction((parsed, cancellation) => SftSession.RunAsync(Settings(parsed), parsed.InvocationConfiguration.Error, cancellation));
        return command
            .WithExamples(
                "pixelis train sft --model ./tiny --data traces.jsonl --out ./run --steps 500 --lr 3e-4",
                "pixelis train sft --model ./tiny --data pixelbench:spot,read@1 --out ./run --bf16 --agent-examples 30",
                "pixelis train sft --model ./Qwen2.5-VL-3B-Instruct --data traces.jsonl --out ./run --lora-rank 32 --bf16 --recompute")
            .WithNote("Ctrl-C saves a checkpoint; the same command goes on from it. --out holds checkpoints, log.jsonl, report.html, TensorBoard's event files, and the models 'best' and 'last'.");
    }

    private static SftSettings Settings(ParseResult parsed)
    {
        SftOptions file = parsed.GetValue(TrainOptions.Config) is { } path ? SftOptionsFile.Read(path) : new SftOptions();
        return new SftSettings
        {
            Weights = TrainOptions.WeightsOf(parsed, file.Seed),
            Data = parsed.GetRequiredValue(Data),
            Folder = parsed.GetRequiredValue(TrainOptions.Out),
            Validation = parsed.GetValue(Validation),
            AgentExamples = parsed.GetValue(TrainOptions.AgentExamples),
            Threads = parsed.GetValue(TrainOptions.Threads),
            SkipsBrokenLines = parsed.GetValue(TrainOptions.SkipBroken),
            Options = Merge(parsed, file),
        };
    }

    private static SftOptions Merge(ParseResult parsed, SftOptions file) => file with
    {
        Steps = parsed.GetValue(Steps) ?? file.Steps,
        Autocast = parsed.GetValue(Mixed) || file.Autocast,
        RecomputeActivations = parsed.GetValue(TrainOptions.Recompute) || file.RecomputeActivations,
        Seed = parsed.GetValue(TrainOptions.Seed) ?? file.Seed,
        Data = file.Data with
        {
            BatchSize = parsed.GetValue(Batch) ?? file.Data.BatchSize,
            MicroBatchTokens = parsed.GetValue(TrainOptions.MicroTokens) ?? file.Data.MicroBatchTokens,
            Packing = parsed.GetValue(Packing) || file.Data.Packing,
            Seed = parsed.GetValue(TrainOptions.Seed) ?? file.Data.Seed,
        },
        Optimization = TrainOptions.Merge(parsed, file.Optimization),
        Evaluation = TrainOptions.Merge(parsed, file.Evaluation),
        Checkpoints = TrainOptions.Merge(parsed, file.Checkpoints),
    };
}
