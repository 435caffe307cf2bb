using Pixelis.Agents;
using Pixelis.Cli.CommandLine;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Rewards;
using Pixelis.Training;
using Pixelis.Training.Grpo;
using static TorchSharp.torch;

namespace Pixelis.Cli.Training;

/// <summary>Puts a run of reinforcement fine-tuning together and runs it.</summary>
internal static class RftSession
{
    public static async Task<int> RunAsync(RftSettings settings, TextWriter error, CancellationToken cancellation)
    {
        settings.Options.Validate();
        Interruption.Grace = TimeSpan.FromMinutes(5); // the step at hand ends, and a checkpoint is written
        if (settings.Threads is { } threads)
            set_num_threads(threads);
        IExampleSource prompts = TrainingData.Prompts(settings, error);
        if (!settings.HasCuriosityModule)
            Reward(settings, null); // what is wrong with it shows before the weights are read
        using var model = new TrainedModel(settings.Weights);
        await using PixelisAgent agent = model.CreateAgent();
        using CuriosityModule? curiosity = settings.HasCuriosityModule
            ? new CuriosityModule(new CuriosityOptions { StateSize = model.Model.Model.Description.HiddenSize, Seed = settings.Options.Seed })
            : null;
        CompositeReward reward = Reward(settings, curiosity);
        using var observers = new RunObservers($"Reinforcement fine-tuning of {model.Model.Name}", settings.Folder, error);
        var setup = new GrpoSetup(model.Model.Model, model.Model.Processor, agent, prompts, reward)
        {
            Adapters = model.Adapters,
            Curiosity = curiosity,
            Curriculum = settings.HasCurriculum ? RewardCurriculum.OfPixelBench(reward) : null,
            Evaluator = settings.AgentExamples > 0
                ? new AgentEvaluator(agent, EvaluationData.PixelBench(TrainingData.Scenes(settings.Data, PixelBenchSplit.Validation), settings.AgentExamples), new AgentEvaluationOptions { Concurrency = settings.Options.Rollouts.Concurrency })
                : null,
            ModelFingerprint = model.Fingerprint,
            PolicyChanged = version => model.Model.PolicyVersion = version,
            Export = model.Export,
            Observers = observers.All,
        };
        TrainingResult result = await new GrpoTrainer(setup, settings.Options).RunAsync(cancellation);
        return RunEnding.ExitCodeOf(result, error);
    }

    private static CompositeReward Reward(RftSettings settings, CuriosityModule? curiosity)
    {
        CompositeReward reward = settings.Reward switch
        {
            RewardChoice.PixelBench => RewardPresets.PixelBench(curiosity),
            RewardChoice.Task => new CompositeReward([new RewardPart(new TaskReward(), 1) { IsRequired = true }]),
            RewardChoice.PixelReasoner => RewardPresets.PixelReasoner(),
            RewardChoice.ReasonRft => RewardPresets.ReasonRft(),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Reward, "A reward was expected."),
        };
        if (curiosity is not null && settings.Reward != RewardChoice.PixelBench)
            throw new UsageException("--curiosity-module is part of the reward 'pixelbench'; choose that, or leave the module out.");
        try
        {
            return reward.WithWeights(settings.RewardWeights);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--weight: {e.Message}");
        }
    }
}
