using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Training;
using Pixelis.Training;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis train sft</c>: supervised fine-tuning.</summary>
internal static class TrainSftCommand
{
    private static readonly Option<string> Model = new("--model", "-m") { Description = "Model folder to begin with", Required = true, HelpName = "FOLDER" };
    private static readonly Option<string> Data = new("--data", "-d") { Description = "Traces (JSON Lines), or pixelbench[:FAMILY,...][@DIFFICULTY,...]", Required = true, HelpName = "FILE" };
    private static readonly Option<string> Out = new("--out", "-o") { Description = "Folder of the run; a run in it goes on", Required = true, HelpName = "FOLDER" };
    private static readonly Option<string?> Config = new("--config", "-c") { Description = "Settings as JSON; flags win over it", HelpName = "FILE" };
    private static readonly Option<string?> Validation = new("--validation") { Description = "Held-out traces whose loss is measured", HelpName = "FILE" };
    private static readonly Option<int> AgentExamples = new("--agent-examples") { Description = "Scenes of PixelBench's validation split to run the agent on at each evaluation", HelpName = "N" };
    private static readonly Option<int?> Steps = new("--steps") { Description = "Optimizer steps", HelpName = "N" };
    private static readonly Option<int?> Batch = new("--batch") { Description = "Examples a step", HelpName = "N" };
    private static readonly Option<int?> MicroTokens = new("--micro-tokens") { Description = "Most tokens that go through the model at once", HelpName = "N" };
    private static readonly Option<bool> Packing = new("--packing") { Description = "Conversations one after another in a row, each for itself, instead of padded side by side" };
    private static readonly Option<double?> Rate = new("--lr") { Description = "Highest learning rate", HelpName = "X" };
    private static readonly Option<int?> EvaluateEvery = new("--evaluate-every") { Description = "Steps between evaluations", HelpName = "N" };
    private static readonly Option<int?> SaveEvery = new("--save-every") { Description = "Steps between checkpoints", HelpName = "N" };
    private static readonly Option<string?> Freeze = new("--freeze") { Description = "Parameters that stay as they are", HelpName = "REGEX" };
    private static readonly Option<bool> Mixed = new("--bf16") { Description = "Matrix products in bfloat16, weights in float32" };
    private static readonly Option<bool> Recompute = new("--recompute") { Description = "Compute activations again in the backward pass: less memory, more time" };
    private static readonly Option<int?> LoraRank = new("--lora-rank") { Description = "Train an adapter of this rank instead of the weights", HelpName = "N" };
    private static readonly Option<double?> LoraAlpha = new("--lora-alpha") { Description = "Scale of the adapter (default twice the rank)", HelpName = "X" };
    private static readonly Option<string?> Ranks = new("--ranks") { Description = "Ranks of single layers, as 'pixelis model ranks' writes them", HelpName = "FILE" };
    private static readonly Option<string?> Targets = new("--lora-targets") { Description = "Layers of the adapter, a pattern of whole paths (default the language model's)", HelpName = "REGEX" };
    private static readonly Option<WeightType?> Export = CommonOptions.WeightType("Type of the exported weights (default f32)");
    private static readonly Option<ulong?> Seed = new("--seed") { Description = "Seed of order and draws", HelpName = "N" };
    private static readonly Option<int?> Threads = new("--threads") { Description = "Threads of libtorch (default: all cores)", HelpName = "N" };
    private static readonly Option<bool> SkipBroken = new("--skip-broken") { Description = "Pass over lines that cannot be read instead of refusing the file" };

    public static Command Create()
    {
        var command = new Command("sft", "Learns to say what given conversations say (supervised fine-tuning)")
        {
            Model, Data, Out, Config, Validation, AgentExamples, Steps, Batch, MicroTokens, Packing, Rate, EvaluateEvery, SaveEvery, Freeze, Mixed, Recompute,
            LoraRank, LoraAlpha, Ranks, Targets, Export, Seed, Threads, SkipBroken,
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
        SftOptions file = parsed.GetValue(Config) is { } path ? SftOptionsFile.Read(path) : new SftOptions();
        return new SftSettings
        {
            Weights = new TrainedModelChoice
            {
                Folder = parsed.GetRequiredValue(Model),
                LoraRank = parsed.GetValue(LoraRank),
                LoraAlpha = parsed.GetValue(LoraAlpha),
                RanksFile = parsed.GetValue(Ranks),
                LoraTargets = parsed.GetValue(Targets),
                Seed = parsed.GetValue(Seed) ?? file.Seed,
                ExportType = (parsed.GetValue(Export) ?? WeightType.F32).ToScalarType(),
            },
            Data = parsed.GetRequiredValue(Data),
            Folder = parsed.GetRequiredValue(Out),
            Validation = parsed.GetValue(Validation),
            AgentExamples = parsed.GetValue(AgentExamples),
            Threads = parsed.GetValue(Threads),
            SkipsBrokenLines = parsed.GetValue(SkipBroken),
            Options = Merge(parsed, file),
        };
    }

    private static SftOptions Merge(ParseResult parsed, SftOptions file) => file with
    {
        Steps = parsed.GetValue(Steps) ?? file.Steps,
        Autocast = parsed.GetValue(Mixed) || file.Autocast,
        RecomputeActivations = parsed.GetValue(Recompute) || file.RecomputeActivations,
        Seed = parsed.GetValue(Seed) ?? file.Seed,
        Data = file.Data with
        {
            BatchSize = parsed.GetValue(Batch) ?? file.Data.BatchSize,
            MicroBatchTokens = parsed.GetValue(MicroTokens) ?? file.Data.MicroBatchTokens,
            Packing = parsed.GetValue(Packing) || file.Data.Packing,
            Seed = parsed.GetValue(Seed) ?? file.Data.Seed,
        },
        Optimization = file.Optimization with
        {
            LearningRate = parsed.GetValue(Rate) ?? file.Optimization.LearningRate,
            Frozen = parsed.GetValue(Freeze) ?? file.Optimization.Frozen,
        },
        Evaluation = file.Evaluation with { Every = parsed.GetValue(EvaluateEvery) ?? file.Evaluation.Every },
        Checkpoints = file.Checkpoints with { Folder = parsed.GetRequiredValue(Out), Every = parsed.GetValue(SaveEvery) ?? file.Checkpoints.Every },
    };
}
