using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Models.Qwen;
using Pixelis.Rewards;
using Pixelis.Training;
using Pixelis.Training.Grpo;
using static TorchSharp.torch;

namespace Pixelis.Samples;

/// <summary>
/// Reinforcement fine-tuning: every question gets a group of episodes, a reward judges them, and what earned more than its group becomes likelier.
/// The reward here is written by hand and wants letters early in the alphabet; <see cref="RewardPresets.PixelBench"/> is the one to train a real agent with. A few steps
/// show how it runs, not that anything is learnt; docs/cli.md has the command for real runs.
/// </summary>
internal static class Step05_ReinforcementFineTuning
{
    public static async Task RunAsync(string model)
    {
        using QwenVisionLanguageModel pupil = QwenVisionLanguageModel.FromPretrained(
            model, new QwenVisionLanguageModelOptions { Model = new QwenModelOptions { DataType = ScalarType.Float32, MapWeights = false } });
        // The agent acts with the very weights that are trained.
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(pupil).WithTools(t => t.All()).WithUnannouncedTools().Build();
        // Scenes it was not trained on: where its episodes do not differ, there is nothing to compare.
        var scenes = new PixelBenchGenerator(new PixelBenchOptions { Shift = PixelBenchShift.All, Families = [PixelBenchFamily.Spot] });
        var reward = new CompositeReward(
        [
            new RewardPart(new EarlyLetters(), 1) { IsRequired = true },
            new RewardPart(new ToolUseReward(), 0.1),
        ]);
        var setup = new GrpoSetup(pupil.Model, pupil.Processor, agent, scenes, reward)
        {
            PolicyChanged = version => pupil.PolicyVersion = version,
            Observers = [new Steps()],
        };
        var options = new GrpoOptions
        {
            Steps = 3,
            Prompts = 2,
            Rollouts = new RolloutOptions { GroupSize = 4, MaxNewTokens = 160 },
            Objective = GrpoObjective.PixelReasoner,
            Optimization = new OptimizationOptions { LearningRate = 1e-4, Schedule = ScheduleShape.Constant },
        };
        TrainingResult result = await new GrpoTrainer(setup, options).RunAsync();
        Console.WriteLine($"{result.End} after {result.Step} steps; the policy is now {pupil.PolicyVersion}");
    }

    /// <summary>A reward is a pure function of an episode: here how early in the alphabet the answer's first letter is.</summary>
    private sealed class EarlyLetters : IRewardFunction
    {
        public string Name => "early";

        public RewardRange Range => RewardRange.Unit;

        public IReadOnlyList<RewardBreakdown> Score(RewardGroup group) => [.. group.Episodes.Select(e => Of(e.Trajectory.Answer ?? ""))];

        private static RewardBreakdown Of(string answer) =>
            answer.Length > 0 && char.IsAsciiLetterUpper(answer[0]) ? RewardBreakdown.Of("place", ('Z' - answer[0]) / 25.0, $"{answer[0]}") : RewardBreakdown.Of("place", 0, "no letter");
    }

    /// <summary>Prints what a step earned.</summary>
    private sealed class Steps : ITrainingObserver
    {
        public void OnStep(StepReport step) => Console.WriteLine(FormattableString.Invariant(
            $"step {step.Step}: {step.Result.Examples} episodes, reward {step.Numbers["reward/mean"]:0.00}, {step.Numbers["update/count"]:0} updates"));
    }
}
