using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Training;
using Pixelis.Training;

namespace Pixelis.Cli.Commands;

/// <summary>Options that every kind of training has, and what they make.</summary>
internal static class TrainOptions
{
    public static readonly Option<string> Model = new("--model", "-m") { Description = "Model folder to begin with", Required = true, HelpName = "FOLDER" };

    public static readonly Option<string> Out = new("--out", "-o") { Description = "Folder of the run; a run in it goes on", Required = true, HelpName = "FOLDER" };

    public static readonly Option<string?> Config = new("--config", "-c") { Description = "Settings as JSON; flags win over it", HelpName = "FILE" };

    public static readonly Option<int> AgentExamples = new("--agent-examples")
    {
        Description = "Scenes of PixelBench's validation split to run the agent on at each evaluation", HelpName = "N",
    };

    public static readonly Option<int?> MicroTokens = new("--micro-tokens") { Description = "Most tokens that go through the model at once", HelpName = "N" };

    public static readonly Option<double?> Rate = new("--lr") { Description = "Highest learning rate", HelpName = "X" };

    public static readonly Option<int?> EvaluateEvery = new("--evaluate-every") { Description = "Steps between evaluations", HelpName = "N" };

    public static readonly Option<int?> SaveEvery = new("--save-every") { Description = "Steps between checkpoints", HelpName = "N" };

    public static readonly Option<string?> Freeze = new("--freeze") { Description = "Parameters that stay as they are", HelpName = "REGEX" };

    public static readonly Option<bool> Recompute = new("--recompute") { Description = "Compute activations again in the backward pass: less memory, more time" };

    public static readonly Option<int?> LoraRank = new("--lora-rank") { Description = "Train an adapter of this rank instead of the weights", HelpName = "N" };

    public static readonly Option<double?> LoraAlpha = new("--lora-alpha") { Description = "Scale of the adapter (default twice the rank)", HelpName = "X" };

    public static readonly Option<string?> Ranks = new("--ranks") { Description = "Ranks of single layers, as 'pixelis model ranks' writes them", HelpName = "FILE" };

    public static readonly Option<string?> Targets = new("--lora-targets")
    {
        Description = "Layers of the adapter, a pattern of whole paths (default the language model's)", HelpName = "REGEX",
    };

    public static readonly Option<WeightType?> Export = CommonOptions.WeightType("Type of the exported weights (default f32)");

    public static readonly Option<ulong?> Seed = new("--seed") { Description = "Seed of order and draws", HelpName = "N" };

    public static readonly Option<int?> Threads = new("--threads") { Description = "Threads of libtorch (default: all cores)", HelpName = "N" };

    public static readonly Option<bool> SkipBroken = new("--skip-broken") { Description = "Pass over lines that cannot be read instead of refusing the file" };

    /// <summary>The steps of a run; what one is differs between kinds of training.</summary>
    public static Option<int?> Steps(string description) => new("--steps") { Description = description, HelpName = "N" };

    /// <summary>Mixed precision; what is computed in it differs between kinds of training.</summary>
    public static Option<bool> Mixed(string description) => new("--bf16") { Description = description };

    /// <summary>Which weights are trained, and how they are written.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="seed">The seed where the command line names none.</param>
    public static TrainedModelChoice WeightsOf(ParseResult parsed, ulong seed) => new()
    {
        Folder = parsed.GetRequiredValue(Model),
        LoraRank = parsed.GetValue(LoraRank),
        LoraAlpha = parsed.GetValue(LoraAlpha),
        RanksFile = parsed.GetValue(Ranks),
        LoraTargets = parsed.GetValue(Targets),
        Seed = parsed.GetValue(Seed) ?? seed,
        ExportType = (parsed.GetValue(Export) ?? WeightType.F32).ToScalarType(),
    };

    /// <summary>A file's settings with those of the command line over them.</summary>
    public static OptimizationOptions Merge(ParseResult parsed, OptimizationOptions file) => file with
    {
        LearningRate = parsed.GetValue(Rate) ?? file.LearningRate,
        Frozen = parsed.GetValue(Freeze) ?? file.Frozen,
    };

    /// <inheritdoc cref="Merge(ParseResult, OptimizationOptions)"/>
    public static EvaluationOptions Merge(ParseResult parsed, EvaluationOptions file) => file with { Every = parsed.GetValue(EvaluateEvery) ?? file.Every };

    /// <inheritdoc cref="Merge(ParseResult, OptimizationOptions)"/>
    public static CheckpointOptions Merge(ParseResult parsed, CheckpointOptions file) =>
        file with { Folder = parsed.GetRequiredValue(Out), Every = parsed.GetValue(SaveEvery) ?? file.Every };
}
