using System.Runtime.InteropServices;
using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Tiny;
using Pixelis.Training;

TinySettings settings = TinySettings.Read(args);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
Directory.CreateDirectory(settings.Folder);
await using Episodes episodes = settings.NoTools ? Episodes.WithoutTools()
    : await Episodes.OpenAsync(settings.PoolFile, settings.EpisodesKept, new Progress<string>(Console.Error.WriteLine), stop.Token);
var lessons = new Lessons(settings.Stream);
var curriculum = new Curriculum(settings, lessons, episodes);
TinyFolder.Write(settings.ModelFolder, curriculum.Texts(), usesTools: !settings.NoTools);
QwenProcessor processor = QwenProcessor.FromPretrained(settings.ModelFolder);
using QwenModel weights = settings.Begin is { } begin ? QwenModel.FromPretrained(begin, new QwenModelOptions { DataType = TorchSharp.torch.float32 })
    : QwenModel.Initialize(QwenConfig.Load(settings.ModelFolder), settings.Seed, TinyShape.InitialDeviation);
using var model = new QwenVisionLanguageModel("pixelis-tiny", weights, processor.Tokenizer, processor.Images);
await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTools(t =>
    {
        if (!settings.NoTools)
            t.All();
    }).WithUnannouncedTools()
    .WithGeneration(new GenerationOptions { MaxNewTokens = TinyFolder.MaxNewTokens })
    .WithLimits(new AgentLimits { MaxTurns = TinyFolder.MaxTurns, MaxToolCalls = TinyFolder.MaxToolCalls }).Build();

string run = settings.RunFolder;
Directory.CreateDirectory(run);
string logFile = Path.Combine(run, "log.jsonl");
using var log = new JsonLinesLog(logFile);
var setup = new SftSetup(weights, processor, curriculum.Examples)
{
    Evaluator = new AgentEvaluator(agent, EvaluationData.PixelBench(new PixelBenchOptions { Split = PixelBenchSplit.Validation }, settings.Scenes), new AgentEvaluationOptions { Concurrency = 16 }),
    Observers =
    [
        log, new TerminalView(Console.Error, !Console.IsErrorRedirected),
        new HtmlReportLog("pixelis-tiny", logFile, Path.Combine(run, "report.html"), TrajectoryHtml.ToHtml),
    ],
    Export = folder => TinyFolder.Export(settings.ModelFolder, folder, weights),
};
TrainingResult result = await new SftTrainer(setup, settings.ToOptions(run)).RunAsync(stop.Token);
Console.WriteLine($"{result.End} after {result.Step} steps; best at step {result.BestStep}: {result.Best?.Agent?.Accuracy:P1} of {result.Best?.Agent?.Count} validation scenes");
return result.End == TrainingEnd.Completed ? 0 : 1;
