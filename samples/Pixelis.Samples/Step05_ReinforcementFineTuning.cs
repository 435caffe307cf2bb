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
/// The reward here is written by hand and wants vowels; <see cref="RewardPresets.PixelBench"/> is the one to train a real agent with. A few steps
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
        var reward = new CompositeReward(
        [
            new RewardPart(new Vowels(), 1) { IsRequired = true },
            new RewardPart(new ToolUseReward(), 0.1),
        ]);
        var setup = new GrpoSetup(pupil.Model, pupil.Processor, agent, new PixelBenchGenerator(), reward)
        {
            PolicyChanged = version => pupil.PolicyVersion = version,
            Observers = [new Steps()],
        };
        var options = new GrpoOptions
        {
            Steps = 3,
            Prompts = 2,
            Rollouts = new RolloutOptions { GroupSize = 4, MaxNewTokens = 12 },
            Objective = GrpoObjective.PixelReasoner,
            Optimization = new OptimizationOptions { LearningRate = 1e-3, Schedule = ScheduleShape.Constant },
        };
        TrainingResult result = await new GrpoTrainer(setup, options).RunAsync();
        Console.WriteLine($"{result.End} after {result.Step} steps; the policy is now {pupil.PolicyVersion}");
    }

    /// <summary>A reward is a pure function of an episode: here the share of vowels among the letters of the answer.</summary>
    private sealed class Vowels : IRewardFunction
    {
        public string Name => "vowels";

        public RewardRange Range => RewardRange.Unit;

        public IReadOnlyList<RewardBreakdown> Score(RewardGroup group) => [.. group.Episodes.Select(e => Of(e.Trajectory.Answer ?? ""))];

        private static RewardBreakdown Of(string answer)
        {
            int letters = answer.Count(char.IsAsciiLetter), vowels = answer.Count("aeiouAEIOU".Contains);
            return RewardBreakdown.Of("share", letters == 0 ? 0 : vowels / (double)letters, $"{vowels} of {letters} letters");
        }
    }

    /// <summary>Prints what a step earned.</summary>
    private sealed class Steps : ITrainingObserver
    {
        public void OnStep(StepReport step) => Console.WriteLine(FormattableString.Invariant(
            $"step {step.Step}: {step.Result.Examples} episodes, reward {step.Numbers["reward/mean"]:0.00}, {step.Numbers["update/count"]:0} updates"));
    }
}
