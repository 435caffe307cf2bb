using Pixelis.Agents;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Tools;
using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Online;
using Pixelis.Online.Health;
using Pixelis.Tools;
using Pixelis.Tools.Visual;
using static TorchSharp.torch;

namespace Pixelis.Cli.Training;

/// <summary>Puts a run of learning from a stream together and runs it.</summary>
internal static class TtrlSession
{
    public static async Task<int> RunAsync(TtrlSettings settings, TextWriter error, CancellationToken cancellation)
    {
        settings.Online.Validate();
        Interruption.Grace = TimeSpan.FromMinutes(5); // what waits is learnt, and a version is written
        if (settings.Threads is { } threads)
            set_num_threads(threads);
        int count = new RequestFile(settings.Requests).Count(); // what is wrong with the name shows before the weights are read
        AgentProfile profile = (Directory.Exists(settings.Model) ? AgentProfile.Load(settings.Model) : null) ?? new AgentProfile();
        Action<VisualToolCatalogue, ISegmenter?> tools = ToolCatalogue.Choose(settings.Tools, profile.Dialect, sam: null);
        using QwenVisionLanguageModel model = LearningModel.Load(settings.Model, isFrozen: settings.Online.LoraRank > 0);
        await using PixelisAgent agent = AgentOver(model, settings, profile, tools);
        await using OnlineEvolution evolution = OnlineEvolution.Create(agent, settings.Online, instance: LearningModel.WholeInstances(settings.Model, settings.Online.LoraRank));
        var requests = new RequestFile(settings.Requests, ids => model.Tokenizer.Decode([.. ids], skipSpecialTokens: true));
        var runner = new StreamRunner(evolution, requests, settings.Folder);
        if (runner.Progress.Line > 0)
            error.WriteLine($"Going on after line {runner.Progress.Line}; {evolution.Versions.Serving?.Id ?? "the model as it is"} answers.");
        if (OnlinePermissions.Of(settings.Online.Mode).Learns && await evolution.Experiences.PendingAsync(cancellation) is { Count: > 0 } waiting)
            error.WriteLine($"Learning first from {waiting.Count} answers that no version holds yet.");
        bool isComplete = await new TtrlProgress(error, count, runner).RunAsync((onAnswer, onFailure) => runner.RunAsync(onAnswer, onFailure, settings.SkipsBrokenLines, cancellation));
        error.WriteLine(TtrlProgress.Summary(runner.Progress, evolution.Versions));
        OnlineHealth health = await evolution.Health.CheckAsync(CancellationToken.None);
        if (health.State != HealthState.Healthy)
            error.WriteLine($"pixelis: {health.Reason}");
        if (isComplete)
            return health.State == HealthState.Unhealthy ? ExitCodes.Failure : ExitCodes.Success;
        error.WriteLine($"pixelis: stopped after line {runner.Progress.Line}; the same command goes on from there.");
        return ExitCodes.Interrupted;
    }

    private static PixelisAgent AgentOver(QwenVisionLanguageModel model, TtrlSettings settings, AgentProfile profile, Action<VisualToolCatalogue, ISegmenter?> tools)
    {
        PixelisAgentBuilder builder = PixelisAgent.Create().WithModel(model).WithProfile(profile).WithTools(catalogue => tools(catalogue, null));
        return (settings.MaxNewTokens is { } most ? builder.WithGeneration(new GenerationOptions { MaxNewTokens = most }) : builder).Build();
    }
}
