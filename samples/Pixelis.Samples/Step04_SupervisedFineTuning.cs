using Pixelis.Data;
using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.Processing;
using Pixelis.Training;
using static TorchSharp.torch;

namespace Pixelis.Samples;

/// <summary>
/// Supervised fine-tuning: scenes of PixelBench, what a demonstrator did with the real tools to answer about them, and a model that learns to
/// write the same. Twenty steps are enough to see the loss fall, not to learn anything; docs/cli.md has the command for real runs.
/// </summary>
internal static class Step04_SupervisedFineTuning
{
    public static async Task RunAsync(string model)
    {
        // Weights to train are held in float32, and small views keep the detail where only a tool can see it.
        using QwenVisionLanguageModel pupil = QwenVisionLanguageModel.FromPretrained(model, new QwenVisionLanguageModelOptions
        {
            Model = new QwenModelOptions { DataType = ScalarType.Float32, MapWeights = false },
            Images = QwenImageProcessorOptions.FromFolder(model) with { MaxPixels = 112 * 112, MaxFramePixels = 56 * 56 },
        });

        var scenes = new PixelBenchGenerator(new PixelBenchOptions { Families = [PixelBenchFamily.Spot, PixelBenchFamily.Count, PixelBenchFamily.Frame] });
        await using var teacher = new TraceFactory();
        var examples = new List<SftExample>();
        for (long index = 0; index < 6; index++)
        {
            TrainingTrace trace = await teacher.PositiveAsync(scenes.Create(index));
            // A model that learns its tools by heart needs no description of them in every prompt.
            examples.Add(TraceExamples.Of(trace) with { Tools = [] });
        }

        var losses = new Losses();
        var setup = new SftSetup(pupil.Model, pupil.Processor, new ShuffledExamples(examples, seed: 1)) { Observers = [losses] };
        var options = new SftOptions
        {
            Steps = 20,
            Data = new SftDataOptions { BatchSize = 3 },
            Optimization = new OptimizationOptions { LearningRate = 2e-3, WarmUp = 0.1 },
        };
        TrainingResult result = await new SftTrainer(setup, options).RunAsync();
        Console.WriteLine(FormattableString.Invariant($"{result.End} after {result.Step} steps: loss {losses.First:0.00} -> {losses.Last:0.00}"));
    }

    /// <summary>Remembers where the loss began and where it is.</summary>
    private sealed class Losses : ITrainingObserver
    {
        public double First { get; private set; } = double.NaN;

        public double Last { get; private set; } = double.NaN;

        public void OnStep(StepReport step)
        {
            if (step.Step == 1)
                First = step.Result.Loss;
            Last = step.Result.Loss;
            if (step.Step % 5 == 0)
                Console.WriteLine(FormattableString.Invariant($"step {step.Step}: loss {step.Result.Loss:0.00}, {step.Result.Targets} tokens learnt"));
        }
    }
}
