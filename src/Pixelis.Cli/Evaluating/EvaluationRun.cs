using System.Text.RegularExpressions;
using Pixelis.Agents;
using Pixelis.Cli.Asking;
using Pixelis.Cli.CommandLine;
using Pixelis.Data;
using Pixelis.Evaluation;

namespace Pixelis.Cli.Evaluating;

/// <summary>Loads what is to be measured, measures it, and keeps what came of it.</summary>
internal static partial class EvaluationRun
{
    /// <summary>Runs an evaluation, or goes on with one.</summary>
    /// <returns>The report and the folder it is in.</returns>
    public static async Task<(EvaluationReport Report, string Folder)> RunAsync(EvaluationChoice choice, TextWriter error, CancellationToken cancellation)
    {
        if (choice.Concurrency < 1)
            throw new UsageException($"--concurrency must be at least 1, not {choice.Concurrency}.");
        EvaluationData data = EvaluationSource.Open(choice);
        foreach (string problem in data.LeftOut)
            error.WriteLine($"pixelis: left out: {TerminalText.Clean(problem)}");
        if (choice.Agent is null)
        {
            await using var oracle = new TraceFactory();
            return await RunAsync(choice, new AgentEvaluation(oracle), data, error, cancellation);
        }
        await using LoadedAgent loaded = LoadedAgent.Load(choice.Agent);
        if (choice.Voting is { } voting)
        {
            await using VotingAgent votes = await VotingAgent.OpenAsync(loaded.Agent, choice.Agent, voting, cancellation);
            return await RunAsync(choice, votes.ToEvaluation(), data, error, cancellation, votes.Description);
        }
        return await RunAsync(choice, new AgentEvaluation(loaded.Agent), data, error, cancellation);
    }

    private static async Task<(EvaluationReport, string)> RunAsync(
        EvaluationChoice choice, AgentEvaluation evaluation, EvaluationData data, TextWriter error, CancellationToken cancellation, string? answering = null)
    {
        var settings = new EvaluationSettings
        {
            Agent = evaluation.Settings,
            Answering = answering,
            ModelFingerprint = choice.Agent is { Server: null } local ? ModelFingerprint.Of(local.Model, cancellation) : null,
            Data = data.Name,
            DataFingerprint = data.Fingerprint,
            Selection = data.Selection,
            Seed = choice.Seed,
        };
        string path = choice.Folder ?? Path.Combine("evaluations", NameOf(settings));
        using EvaluationFolder folder = EvaluationFolder.Open(path, settings, EvaluationEnvironment.Here(choice.Concurrency), data);
        int done = folder.Done.Count, pages = 0;
        if (done > 0)
            error.WriteLine($"pixelis: going on in {path}: {done} examples are done");
        try
        {
            IReadOnlyList<Prediction> predictions = await new EvaluationProgress(error).RunAsync(tell => evaluation.RunAsync(
                data, new AgentEvaluationOptions { Concurrency = choice.Concurrency, Seed = choice.Seed }, folder.Done, Keep(tell), cancellation));
            return (folder.Finish(predictions), path);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            error.WriteLine($"pixelis: {done} of {data.Count} examples are done and kept in {path}; the same command goes on from there");
            throw;
        }

        Action<EvaluatedEpisode> Keep(Action<EvaluatedEpisode> tell) => episode =>
        {
            folder.Add(episode.Prediction);
            done++;
            if (!episode.Prediction.Right && pages < choice.Pages && episode.Trajectory is { } trajectory)
            {
                pages++;
                string place = Directory.CreateDirectory(Path.Combine(path, "pages")).FullName;
                trajectory.SaveHtml(Path.Combine(place, FileName(episode.Prediction.Id) + ".html"));
            }
            tell(episode);
        };
    }

    private static string NameOf(EvaluationSettings settings) =>
        FileName($"{settings.Agent.Model}-{settings.Data}{(settings.Agent.Tools.Count == 0 ? "-no-tools" : "")}");

    private static string FileName(string text)
    {
        string name = Unusual().Replace(text, "-").Trim('-', '.');
        return name.Length is > 0 and <= 100 ? name : name.Length == 0 ? "unnamed" : name[..100];
    }

    [GeneratedRegex("[^A-Za-z0-9._-]+")]
    private static partial Regex Unusual();
}
