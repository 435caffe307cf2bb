using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Models.Qwen;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>One run of the recipe: from nothing, or going on from a model. A run in the same folder goes on where it stopped.</summary>
internal static class TinyRun
{
    /// <returns>How it ended.</returns>
    public static async Task<TrainingResult> RunAsync(TinySettings settings, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.RunFolder);
        await using Episodes episodes = settings.NoTools ? Episodes.WithoutTools()
            : await Episodes.OpenAsync(settings.PoolFile, settings.EpisodesKept, new Progress<string>(Console.Error.WriteLine), cancellationToken);
        var curriculum = new Curriculum(settings, new Lessons(settings.Stream), episodes);
        TinyFolder.Write(settings.ModelFolder, curriculum.Texts(), usesTools: !settings.NoTools);
        QwenProcessor processor = QwenProcessor.FromPretrained(settings.ModelFolder);
        using QwenModel weights = Weights(settings);
        using var model = new QwenVisionLanguageModel("pixelis-tiny", weights, processor.Tokenizer, processor.Images);
        await using PixelisAgent agent = AgentOver(model, settings);
        string logFile = Path.Combine(settings.RunFolder, "log.jsonl");
        using var log = new JsonLinesLog(logFile);
        var setup = new SftSetup(weights, processor, curriculum.Examples)
        {
            Evaluator = new AgentEvaluator(agent, EvaluationData.PixelBench(new PixelBenchOptions { Split = PixelBenchSplit.Validation }, settings.Scenes), new AgentEvaluationOptions { Concurrency = 16 }),
            Observers =
            [
                log, new TerminalView(Console.Error, !Console.IsErrorRedirected),
                new HtmlReportLog("pixelis-tiny", logFile, Path.Combine(settings.RunFolder, "report.html"), TrajectoryHtml.ToHtml),
            ],
            Export = folder => TinyFolder.Export(settings.ModelFolder, folder, weights),
        };
        return await new SftTrainer(setup, settings.ToOptions()).RunAsync(cancellationToken);
    }

    private static QwenModel Weights(TinySettings settings)
    {
        if (settings.Begin is { } begin)
            return QwenModel.FromPretrained(begin, new QwenModelOptions { DataType = TorchSharp.torch.ScalarType.Float32 });
        QwenModel weights = QwenModel.Initialize(QwenConfig.Load(settings.ModelFolder), settings.Seed, TinyShape.InitialDeviation);
        new FirstWeights(weights).Set(settings.Seed);
        return weights;
    }

    private static PixelisAgent AgentOver(QwenVisionLanguageModel model, TinySettings settings) => PixelisAgent.Create().WithModel(model)
        .WithTools(t =>
        {
            if (!settings.NoTools)
                t.All();
        })
        .WithProfile(AgentProfile.Load(settings.ModelFolder)!).Build(); // as its folder says it is run
}
