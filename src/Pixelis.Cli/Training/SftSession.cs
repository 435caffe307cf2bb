using Pixelis.Agents;
using Pixelis.Cli.CommandLine;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Cli.Training;

/// <summary>Puts a run of supervised fine-tuning together and runs it.</summary>
internal static class SftSession
{
    private const string AdapterName = "default";

    public static async Task<int> RunAsync(SftSettings settings, TextWriter error, CancellationToken cancellation)
    {
        settings.Options.Validate();
        Interruption.Grace = TimeSpan.FromMinutes(5); // the step at hand ends, and a checkpoint is written
        if (settings.Threads is { } threads)
            torch.set_num_threads(threads);
        using QwenVisionLanguageModel model = Load(settings.Model);
        using AdapterSet? adapters = Adapters(settings, model.Model);
        IExampleStream examples = TrainingData.Open(settings, model.Processor, error);
        using var generated = examples as IDisposable;
        await using PixelisAgent? agent = settings.AgentExamples > 0 ? PixelisAgent.Create().WithModel(model).WithTools(t => t.All()).Build() : null;
        using var log = new JsonLinesLog(Path.Combine(settings.Folder, "log.jsonl"));
        using var board = new TensorBoardLog(settings.Folder);
        var setup = new SftSetup(model.Model, model.Processor, examples)
        {
            Adapters = adapters,
            Validation = TrainingData.Held(settings.Validation),
            Evaluator = agent is null ? null : new AgentEvaluator(agent, EvaluationData.PixelBench(TrainingData.Scenes(settings.Data, PixelBenchSplit.Validation), settings.AgentExamples)),
            ModelFingerprint = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.Model))),
            Export = folder => Export(settings, model, adapters, folder),
            Observers = [log, board, View(error), new HtmlReportLog($"Supervised fine-tuning of {model.Name}", Path.Combine(settings.Folder, "log.jsonl"), Path.Combine(settings.Folder, "report.html"), TrajectoryHtml.ToHtml)],
        };
        TrainingResult result = await new SftTrainer(setup, settings.Options).RunAsync(cancellation);
        if (result.End != TrainingEnd.Cancelled)
            return ExitCodes.Success;
        error.WriteLine($"pixelis: stopped after step {result.Step}; the same command goes on from there.");
        return ExitCodes.Interrupted;
    }

    private static QwenVisionLanguageModel Load(string folder) => QwenVisionLanguageModel.FromPretrained(
        folder, new QwenVisionLanguageModelOptions { Model = new QwenModelOptions { DataType = ScalarType.Float32, MapWeights = false } });

    private static AdapterSet? Adapters(SftSettings settings, QwenModel model)
    {
        if (settings.LoraRank is null && settings.RanksFile is null)
            return null;
        int rank = settings.LoraRank ?? 8;
        var set = new AdapterSet(model);
        set.Add(AdapterName, new LoraOptions
        {
            Rank = rank,
            Alpha = settings.LoraAlpha ?? 2 * rank,
            Targets = settings.LoraTargets is { } pattern ? LoraTargets.Matching(pattern) : LoraTargets.LanguageModel,
            RankPattern = settings.RanksFile is { } file ? RankFile.Read(file) : new Dictionary<string, int>(),
            BaseModel = settings.Model,
        }, (long)settings.Options.Seed);
        return set;
    }

    private static TerminalView View(TextWriter error)
    {
        bool live = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        return new TerminalView(error, live, live ? Math.Max(40, Console.WindowWidth) : 200);
    }

    private static void Export(SftSettings settings, QwenVisionLanguageModel model, AdapterSet? adapters, string folder)
    {
        if (adapters is not null)
        {
            adapters.Save(AdapterName, folder);
            return;
        }

        foreach (string file in Directory.EnumerateFiles(settings.Model))
        {
            string name = Path.GetFileName(file);
            if (!name.EndsWith(".safetensors", StringComparison.Ordinal) && !name.EndsWith(".safetensors.index.json", StringComparison.Ordinal))
                File.Copy(file, Path.Combine(folder, name));
        }

        model.Model.SavePretrained(folder, type: settings.ExportType);
    }
}
