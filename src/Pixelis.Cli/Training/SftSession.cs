using Pixelis.Agents;
using Pixelis.Cli.CommandLine;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Training;
using static TorchSharp.torch;

namespace Pixelis.Cli.Training;

/// <summary>Puts a run of supervised fine-tuning together and runs it.</summary>
internal static class SftSession
{
    public static async Task<int> RunAsync(SftSettings settings, TextWriter error, CancellationToken cancellation)
    {
        settings.Options.Validate();
        Interruption.Grace = TimeSpan.FromMinutes(5); // the step at hand ends, and a checkpoint is written
        if (settings.Threads is { } threads)
            set_num_threads(threads);
        using var model = new TrainedModel(settings.Weights);
        IExampleStream examples = TrainingData.Open(settings, model.Model.Processor, error);
        using var generated = examples as IDisposable;
        await using PixelisAgent? agent = settings.AgentExamples > 0 ? model.CreateAgent() : null;
        using var observers = new RunObservers($"Supervised fine-tuning of {model.Model.Name}", settings.Folder, error);
        var setup = new SftSetup(model.Model.Model, model.Model.Processor, examples)
        {
            Adapters = model.Adapters,
            Validation = TrainingData.Held(settings.Validation),
            Evaluator = agent is null ? null : new AgentEvaluator(agent, EvaluationData.PixelBench(TrainingData.Scenes(settings.Data, PixelBenchSplit.Validation), settings.AgentExamples)),
            ModelFingerprint = model.Fingerprint,
            Export = model.Export,
            Observers = observers.All,
        };
        TrainingResult result = await new SftTrainer(setup, settings.Options).RunAsync(cancellation);
        return RunEnding.ExitCodeOf(result, error);
    }
}
