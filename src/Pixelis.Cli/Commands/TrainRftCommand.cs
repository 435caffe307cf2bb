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

    private static readonly Option<string> Data = new("--data", "-d") { Description = "Prompts with answers (JSON Lines of examples), or pixelbench[:FAMILY,...][@DIFFICULTY,...]", Required = true, HelpName = "FILE" };
    private static readonly Option<string?> Objective = new("--objective") { Description = $"What is maximised: {PixelReasoner}, {Grpo}, {DrGrpo}, {Dapo}, {Gspo} or {Cispo}", HelpName = "NAME" };
    private static readonly Option<string> Reward = new("--reward") { Description = "pixelbench (task, curiosity, coherence, format, tool use), task, pixel-reasoner or reason-rft", DefaultValueFactory = _ => "pixelbench", HelpName = "NAME" };
    private static readonly Option<string[]> Weight = new("--weight") { Description = "Weight of a part of the reward; 0 switches it off (repeatable)", HelpName = "PART=X" };
    private static readonly Option<bool> Module = new("--curiosity-module") { Description = "Pay for what a module that learns beside the policy did not foresee" };
    private static readonly Option<bool> Curriculum = new("--curriculum") { Description = "Switch the reward's parts on one after the other, as success grows" };
    private static readonly Option<int?> Steps = TrainOptions.Steps("Steps: episodes are collected and learnt from");
    private static readonly Option<int?> Prompts = new("--prompts") { Description = "Prompts a step", HelpName = "N" };
    private static readonly Option<int?> Group = new("--group") { Description = "Episodes of each prompt", HelpName = "N" };
    private static readonly Option<double?> Kl = new("--kl") { Description = "Strength of the pull towards the model the run begins with", HelpName = "X" };
    private static readonly Option<double?> Temperature = new("--temperature") { Description = "Of the draws", HelpName = "X" };
    private static readonly Option<int?> Patience = new("--patience") { Description = "Evaluations without gain after which the run ends", HelpName = "N" };
    private static readonly Option<bool> Mixed = TrainOptions.Mixed("Matrix products of learning in bfloat16, weights in float32");

    public static Command Create()
    {
        var command = new Command("rft", "Learns from its own episodes what earns a reward (reinforcement fine-tuning, GRPO)")
        {
            TrainOptions.Model, Data, TrainOptions.Out, TrainOptions.Config, Objective, Reward, Weight, Module, Curriculum, Steps, Prompts, Group, TrainOptions.Rate, Kl,
            Temperature, TrainOptions.AgentExamples, TrainOptions.EvaluateEvery, TrainOptions.SaveEvery, Patience, TrainOptions.MicroTokens, TrainOptions.Freeze, Mixed,
            TrainOptions.Recompute, TrainOptions.LoraRank, TrainOptions.LoraAlpha, TrainOptions.Ranks, TrainOptions.Targets, TrainOptions.Export, TrainOptions.Seed,
            TrainOptions.Threads, TrainOptions.SkipBroken,
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
        GrpoOptions file = parsed.GetValue(TrainOptions.Config) is { } path ? GrpoOptionsFile.Read(path) : new GrpoOptions();
        return new RftSettings
        {
            Weights = TrainOptions.WeightsOf(parsed, file.Seed),
            Data = parsed.GetRequiredValue(Data),
            Folder = parsed.GetRequiredValue(TrainOptions.Out),
            Options = Merge(parsed, file),
            Reward = RewardNamed(parsed.GetRequiredValue(Reward)),
            RewardWeights = (parsed.GetValue(Weight) ?? []).Select(WeightOf).GroupBy(w => w.Name).ToDictionary(w => w.Key, w => w.Last().Value), // the last one wins
            HasCuriosityModule = parsed.GetValue(Module),
            HasCurriculum = parsed.GetValue(Curriculum),
            AgentExamples = parsed.GetValue(TrainOptions.AgentExamples),
            Threads = parsed.GetValue(TrainOptions.Threads),
            SkipsBrokenLines = parsed.GetValue(TrainOptions.SkipBroken),
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
            RecomputeActivations = parsed.GetValue(TrainOptions.Recompute) || file.RecomputeActivations,
            MicroBatchTokens = parsed.GetValue(TrainOptions.MicroTokens) ?? file.MicroBatchTokens,
            Seed = parsed.GetValue(TrainOptions.Seed) ?? file.Seed,
            Optimization = TrainOptions.Merge(parsed, file.Optimization),
            Evaluation = TrainOptions.Merge(parsed, file.Evaluation) with { Patience = parsed.GetValue(Patience) ?? file.Evaluation.Patience },
            Checkpoints = TrainOptions.Merge(parsed, file.Checkpoints),
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
