using System.CommandLine;
using System.Globalization;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Training;
using Pixelis.Training.Grpo;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis train rft</c>: reinforcement fine-tuning.</summary>
internal static class TrainRftCommand
{
    private const string PixelReasoner = "pixel-reasoner", Grpo = "grpo", DrGrpo = "dr-grpo", Dapo = "dapo", Gspo = "gspo", Cispo = "cispo";

    private static readonly Option<string> Model = new("--model", "-m") { Description = "Model folder to begin with", Required = true, HelpName = "FOLDER" };
    private static readonly Option<string> Data = new("--data", "-d") { Description = "Prompts with answers (JSON Lines of examples), or pixelbench[:FAMILY,...][@DIFFICULTY,...]", Required = true, HelpName = "FILE" };
    private static readonly Option<string> Out = new("--out", "-o") { Description = "Folder of the run; a run in it goes on", Required = true, HelpName = "FOLDER" };
    private static readonly Option<string?> Config = new("--config", "-c") { Description = "Settings as JSON; flags win over it", HelpName = "FILE" };
    private static readonly Option<string?> Objective = new("--objective") { Description = $"What is maximised: {PixelReasoner}, {Grpo}, {DrGrpo}, {Dapo}, {Gspo} or {Cispo}", HelpName = "NAME" };
    private static readonly Option<string> Reward = new("--reward") { Description = "pixelbench (task, curiosity, coherence, format, tool use), task, pixel-reasoner or reason-rft", DefaultValueFactory = _ => "pixelbench", HelpName = "NAME" };
    private static readonly Option<string[]> Weight = new("--weight") { Description = "Weight of a part of the reward; 0 switches it off (repeatable)", HelpName = "PART=X" };
    private static readonly Option<bool> Module = new("--curiosity-module") { Description = "Pay for what a module that learns beside the policy did not foresee" };
    private static readonly Option<bool> Curriculum = new("--curriculum") { Description = "Switch the reward's parts on one after the other, as success grows" };
    private static readonly Option<int?> Steps = new("--steps") { Description = "Steps: episodes are collected and learnt from", HelpName = "N" };
    private static readonly Option<int?> Prompts = new("--prompts") { Description = "Prompts a step", HelpName = "N" };
    private static readonly Option<int?> Group = new("--group") { Description = "Episodes of each prompt", HelpName = "N" };
    private static readonly Option<double?> Rate = new("--lr") { Description = "Highest learning rate", HelpName = "X" };
    private static readonly Option<double?> Kl = new("--kl") { Description = "Strength of the pull towards the model the run begins with", HelpName = "X" };
    private static readonly Option<double?> Temperature = new("--temperature") { Description = "Of the draws", HelpName = "X" };
    private static readonly Option<int> AgentExamples = new("--agent-examples") { Description = "Scenes of PixelBench's validation split to run the agent on at each evaluation", HelpName = "N" };
    private static readonly Option<int?> EvaluateEvery = new("--evaluate-every") { Description = "Steps between evaluations", HelpName = "N" };
    private static readonly Option<int?> SaveEvery = new("--save-every") { Description = "Steps between checkpoints", HelpName = "N" };
    private static readonly Option<int?> Patience = new("--patience") { Description = "Evaluations without gain after which the run ends", HelpName = "N" };
    private static readonly Option<int?> MicroTokens = new("--micro-tokens") { Description = "Most tokens that go through the model at once", HelpName = "N" };
    private static readonly Option<string?> Freeze = new("--freeze") { Description = "Parameters that stay as they are", HelpName = "REGEX" };
    private static readonly Option<bool> Mixed = new("--bf16") { Description = "Matrix products of learning in bfloat16, weights in float32" };
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
        var command = new Command("rft", "Learns from its own episodes what earns a reward (reinforcement fine-tuning, GRPO)")
        {
            Model, Data, Out, Config, Objective, Reward, Weight, Module, Curriculum, Steps, Prompts, Group, Rate, Kl, Temperature, AgentExamples, EvaluateEvery,
            SaveEvery, Patience, MicroTokens, Freeze, Mixed, Recompute, LoraRank, LoraAlpha, Ranks, Targets, Export, Seed, Threads, SkipBroken,
        };
        command.SetAction((parsed, cancellation) => RftSession.RunAsync(Settings(parsed), parsed.InvocationConfiguration.Error, cancellation));
        return command
            .WithExamples(
                "pixelis train rft --model ./tiny --data pixelbench --out ./run --steps 100 --lr 1e-5 --agent-examples 60",
                "pixelis train rft --model ./tiny --data pixelbench:spot,count --out ./run --reward pixelbench --weight coherence=0 --curiosity-module",
                "pixelis train rft --model ./Qwen2.5-VL-3B-Instruct --data examples.jsonl --out ./run --objective dapo --lora-rank 32 --bf16 --recompute")
            .WithNote("Every prompt gets a group of episodes with real tools; what earned more than its group becomes likelier. Ctrl-C saves a checkpoint; the same command goes on from it. --out holds checkpoints, log.jsonl, report.html, TensorBoard's event files, and the models 'best' and 'last'.");
    }

    private static RftSettings Settings(ParseResult parsed)
    {
        GrpoOptions file = parsed.GetValue(Config) is { } path ? GrpoOptionsFile.Read(path) : new GrpoOptions();
        return new RftSettings
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
            Options = Merge(parsed, file),
            Reward = RewardNamed(parsed.GetRequiredValue(Reward)),
            RewardWeights = (parsed.GetValue(Weight) ?? []).Select(WeightOf).GroupBy(w => w.Name).ToDictionary(w => w.Key, w => w.Last().Value), // the last one wins
            HasCuriosityModule = parsed.GetValue(Module),
            HasCurriculum = parsed.GetValue(Curriculum),
            AgentExamples = parsed.GetValue(AgentExamples),
            Threads = parsed.GetValue(Threads),
            SkipsBrokenLines = parsed.GetValue(SkipBroken),
        };
    }

    private static GrpoOptions Merge(ParseResult parsed, GrpoOptions file)
    {
        GrpoObjective objective = parsed.GetValue(Objective) is { } name ? ObjectiveNamed(name) : file.Objective;
        if (parsed.GetValue(Kl) is { } coefficient)
            objective = objective with { Loss = objective.Loss with { Kl = objective.Loss.Kl with { Coefficient = coefficient } } };
        return file with
        {
            Objective = objective,
            Steps = parsed.GetValue(Steps) ?? file.Steps,
            Prompts = parsed.GetValue(Prompts) ?? file.Prompts,
            Rollouts = file.Rollouts with
            {
                GroupSize = parsed.GetValue(Group) ?? file.Rollouts.GroupSize,
                Temperature = parsed.GetValue(Temperature) ?? file.Rollouts.Temperature,
            },
            Autocast = parsed.GetValue(Mixed) || file.Autocast,
            RecomputeActivations = parsed.GetValue(Recompute) || file.RecomputeActivations,
            MicroBatchTokens = parsed.GetValue(MicroTokens) ?? file.MicroBatchTokens,
            Seed = parsed.GetValue(Seed) ?? file.Seed,
            Optimization = file.Optimization with
            {
                LearningRate = parsed.GetValue(Rate) ?? file.Optimization.LearningRate,
                Frozen = parsed.GetValue(Freeze) ?? file.Optimization.Frozen,
            },
            Evaluation = file.Evaluation with { Every = parsed.GetValue(EvaluateEvery) ?? file.Evaluation.Every, Patience = parsed.GetValue(Patience) ?? file.Evaluation.Patience },
            Checkpoints = file.Checkpoints with { Folder = parsed.GetRequiredValue(Out), Every = parsed.GetValue(SaveEvery) ?? file.Checkpoints.Every },
        };
    }

    private static GrpoObjective ObjectiveNamed(string name) => name switch
    {
        PixelReasoner => GrpoObjective.PixelReasoner,
        Grpo => GrpoObjective.DeepSeekMath,
        DrGrpo => GrpoObjective.DrGrpo(maxCompletionLength: 2048),
        Dapo => GrpoObjective.Dapo,
        Gspo => GrpoObjective.Gspo,
        Cispo => GrpoObjective.Cispo,
        _ => throw new UsageException($"There is no objective '{name}'; choose of {PixelReasoner}, {Grpo}, {DrGrpo}, {Dapo}, {Gspo}, {Cispo}."),
    };

    private static RewardChoice RewardNamed(string name) => name switch
    {
        "pixelbench" => RewardChoice.PixelBench,
        "task" => RewardChoice.Task,
        "pixel-reasoner" => RewardChoice.PixelReasoner,
        "reason-rft" => RewardChoice.ReasonRft,
        _ => throw new UsageException($"There is no reward '{name}'; choose of pixelbench, task, pixel-reasoner, reason-rft."),
    };

    private static (string Name, double Value) WeightOf(string text)
    {
        string[] parts = text.Split('=', 2);
        return parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0
            ? (parts[0].Trim(), value)
            : throw new UsageException($"--weight '{text}': PART=X was expected, X a number of at least 0, for example curiosity=0.5.");
    }
}
