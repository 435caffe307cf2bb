using System.CommandLine;
using Pixelis.Agents.ChatClients;
using Pixelis.Cli.CommandLine;
using Pixelis.Data;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis data score</c>: quality and difficulty of traces.</summary>
internal static class DataScoreCommand
{
    private const string KeyVariable = "PIXELIS_API_KEY";

    private static readonly Argument<string> File = new("FILE") { Description = "Traces (JSON Lines)" };
    private static readonly Option<string> Out = new("--out", "-o") { Description = "Traces with scores to write", Required = true, HelpName = "FILE" };
    private static readonly Option<string?> Judge = new("--judge") { Description = "Let a model behind an OpenAI-compatible server judge quality as well", HelpName = "URL" };
    private static readonly Option<string> JudgeModel = new("--judge-model") { Description = "The judge's name on that server", HelpName = "NAME", DefaultValueFactory = _ => "default" };
    private static readonly Option<double> Rescore = new("--rescore") { Description = "Share of traces judged three times more, to see whether the judge agrees with itself", HelpName = "X", DefaultValueFactory = _ => 0.01 };
    private static readonly Option<bool> SkipBroken = new("--skip-broken") { Description = "Pass over lines that cannot be read instead of refusing the file" };

    public static Command Create()
    {
        var command = new Command("score", "Scores traces by rules and, where asked, by a judge model") { File, Out, Judge, JudgeModel, Rescore, SkipBroken };
        command.SetAction((parsed, cancellation) => Task.Run(() => RunAsync(parsed, cancellation), CancellationToken.None));
        return command
            .WithExamples("pixelis data score traces.jsonl --out scored.jsonl", "pixelis data score traces.jsonl --out scored.jsonl --judge http://127.0.0.1:8000/v1 --judge-model qwen")
            .WithNote($"A judge's score and the rules' are averaged. The server's key is read from {KeyVariable}. Nothing is sent anywhere without --judge.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string file = parsed.GetRequiredValue(File), output = parsed.GetRequiredValue(Out);
        OutputPath.Check(output);
        using OpenAICompatibleClient? client = Client(parsed);
        TraceJudge? judge = client is null ? null : new TraceJudge(client, new JudgeOptions { RescoreShare = parsed.GetValue(Rescore) });
        BrokenLines broken = parsed.GetValue(SkipBroken) ? BrokenLines.Skip : BrokenLines.Refuse;
        var scored = new List<TrainingTrace>();
        int inconsistent = 0, silent = 0;
        foreach (TrainingTrace trace in TraceJsonLines.Read(file, broken, e => parsed.InvocationConfiguration.Error.WriteLine($"pixelis: skipped {e.Message}")))
        {
            cancellation.ThrowIfCancellationRequested();
            TraceScore score = RuleScorer.Score(trace);
            if (judge is not null)
            {
                JudgeResult said = await judge.ScoreAsync(trace, cancellation);
                inconsistent += said.IsInconsistent ? 1 : 0;
                silent += said.Quality is null ? 1 : 0;
                score = score with { Quality = said.Quality is { } quality ? (quality + score.Quality) / 2 : score.Quality };
            }
            scored.Add(RuleScorer.Apply(trace, score));
        }
        if (scored.Count == 0)
            throw new DatasetFormatException(file, 0, null, "the dataset holds no traces.");
        TraceJsonLines.Write(output, scored);
        Tell(parsed.InvocationConfiguration.Output, scored, output, judge is not null, inconsistent, silent);
        return ExitCodes.Success;
    }

    private static void Tell(TextWriter output, List<TrainingTrace> scored, string path, bool judged, int inconsistent, int silent)
    {
        output.WriteLine($"{scored.Count} traces in {path}");
        foreach (IGrouping<TraceKind, TrainingTrace> kind in scored.GroupBy(t => t.Kind).OrderBy(g => g.Key))
            output.WriteLine($"  {kind.Key,-16} {kind.Count(),6}   quality {kind.Average(t => t.Quality ?? 0):0.00}   difficulty {kind.Average(t => t.DifficultyScore ?? 0):0.00}");
        if (judged)
            output.WriteLine($"  judge: {inconsistent} traces scored inconsistently, {silent} without a score");
    }

    private static OpenAICompatibleClient? Client(ParseResult parsed)
    {
        if (parsed.GetValue(Judge) is not { } address)
            return null;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new UsageException($"--judge must be an http or https address, not '{address}'.");
        string? key = Environment.GetEnvironmentVariable(KeyVariable);
        return new OpenAICompatibleClient(new OpenAICompatibleOptions { Endpoint = endpoint, Model = parsed.GetValue(JudgeModel)!, ApiKey = string.IsNullOrEmpty(key) ? null : key });
    }
}
