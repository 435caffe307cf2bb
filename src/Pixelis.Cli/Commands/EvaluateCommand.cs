using System.CommandLine;
using Pixelis.Cli.Asking;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Evaluating;
using Pixelis.Evaluation;
using Pixelis.Online;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis evaluate</c>: how often an agent is right.</summary>
internal static class EvaluateCommand
{
    private const double LeastOfOracle = 0.98;

    public static Command Create()
    {
        var command = new Command("evaluate", "Asks an agent the questions of a data set and reports how often it is right")
        {
            EvaluateOptions.Model, AskOptions.Server, EvaluateOptions.Oracle, EvaluateOptions.Data, EvaluateOptions.Families, EvaluateOptions.Limit,
            ShiftOptions.Shifted, ShiftOptions.Only, EvaluateOptions.SkipBroken, EvaluateOptions.Tools, AskOptions.Dialect, AskOptions.MaxTurns, AskOptions.MaxCalls,
            AskOptions.Timeout, AskOptions.ToolTimeout, AskOptions.SystemPrompt, AskOptions.MaxNewTokens, AskOptions.Temperature, AskOptions.TopP, EvaluateOptions.Seed,
            EvaluateOptions.Episodes, EvaluateOptions.Online, EvaluateOptions.Neighbors,
            EvaluateOptions.Concurrency, EvaluateOptions.Out, EvaluateOptions.Pages, AskOptions.Type, AskOptions.Device, AskOptions.Threads, EvaluateOptions.Json,
            EvaluateCompareCommand.Create(),
            EvaluateSeedsCommand.Create(),
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return command
            .WithExamples(
                "pixelis evaluate --model models/pixelis-tiny --data pixelbench:test --limit 300",
                "pixelis evaluate --model models/pixelis-tiny --data pixelbench:test --tools off --out ./no-tools",
                "pixelis evaluate compare evaluations/pixelis-tiny-pixelbench-test ./no-tools",
                "pixelis evaluate --model ./model --data questions.jsonl --pages 20",
                "pixelis evaluate --model models/pixelis-tiny --data pixelbench:test --shifted --episodes 8",
                "pixelis evaluate --model models/pixelis-tiny --data pixelbench:test --shifted --online ./online --neighbors 5",
                "pixelis evaluate --oracle --data pixelbench:test --shifted")
            .WithNote("""
                --out gets predictions.jsonl (each answer, as it comes), result.json (scores and all settings) and report.txt. A stopped run goes on
                with the same command; a folder of a run with other settings is refused. Intervals are 95 % bootstrap.
                """);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        InvocationConfiguration streams = parsed.InvocationConfiguration;
        EvaluationChoice choice = Read(parsed);
        (EvaluationReport report, string folder) = await Task.Run(() => EvaluationRun.RunAsync(choice, streams.Error, cancellation), CancellationToken.None);
        if (parsed.GetValue(EvaluateOptions.Json))
            streams.Output.WriteLine(await File.ReadAllTextAsync(Path.Combine(folder, EvaluationFolder.ResultName), cancellation));
        else
            streams.Output.Write(TerminalText.Clean(EvaluationText.Of(report)));
        streams.Error.WriteLine($"pixelis: results are in {folder}");
        if (choice.Agent is not null || report.Scores!.All.Accuracy >= LeastOfOracle)
            return ExitCodes.Success;
        streams.Error.WriteLine(FormattableString.Invariant($"pixelis: the demonstrator is right in {report.Scores.All.Accuracy:P1}; at least {LeastOfOracle:P0} was expected: data or tools are at fault"));
        return ExitCodes.Failure;
    }

    private static VotingChoice? VotingOf(ParseResult parsed)
    {
        int? episodes = parsed.GetValue(EvaluateOptions.Episodes), neighbors = parsed.GetValue(EvaluateOptions.Neighbors);
        string? folder = parsed.GetValue(EvaluateOptions.Online);
        if (folder is null && neighbors is not null)
            throw new UsageException("--neighbors has no meaning without --online.");
        if (folder is null && episodes is null)
            return null;
        if (parsed.GetValue(AskOptions.Server) is not null)
            throw new UsageException("--episodes and --online need a model folder: a server's hidden states are not at hand.");
        return new VotingChoice
        {
            Folder = folder,
            Episodes = episodes is null or >= 1 ? episodes ?? 1 : throw new UsageException($"--episodes must be at least 1, not {episodes}."),
            Neighbors = neighbors is null or >= 0 ? neighbors ?? 0 : throw new UsageException($"--neighbors must be at least 0, not {neighbors}."),
            Rule = (neighbors ?? 0) == 0 ? VotingRuleKind.Majority : VotingRuleKind.Weighted,
        };
    }

    private static EvaluationChoice Read(ParseResult parsed)
    {
        bool oracle = parsed.GetValue(EvaluateOptions.Oracle);
        if (oracle)
        {
            foreach (Option option in new Option[] { EvaluateOptions.Model, AskOptions.Server, EvaluateOptions.Tools, AskOptions.Dialect, EvaluateOptions.Episodes, EvaluateOptions.Online })
            {
                if (parsed.GetResult(option) is { Implicit: false })
                    throw new UsageException($"{option.Name} has no meaning with --oracle, which brings its own.");
            }
        }
        VotingChoice? voting = VotingOf(parsed);
        AgentChoice? agent = oracle ? null : AgentChoiceReader.Read(parsed, EvaluateOptions.Model, EvaluateOptions.Tools, toolsOtherwise: "all");
        return new EvaluationChoice
        {
            Agent = voting is null ? agent : agent! with { Type = agent.Type ?? WeightType.F32 }, // as it learns
            Voting = voting,
            Data = parsed.GetValue(EvaluateOptions.Data) ?? throw new UsageException("--data is missing: pixelbench:test, or a JSON Lines file of examples."),
            Families = [.. (parsed.GetValue(EvaluateOptions.Families) ?? []).SelectMany(f => f.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
            Limit = parsed.GetValue(EvaluateOptions.Limit),
            Shift = ShiftOptions.Read(parsed),
            SkipsBroken = parsed.GetValue(EvaluateOptions.SkipBroken),
            Folder = parsed.GetValue(EvaluateOptions.Out),
            Concurrency = parsed.GetValue(EvaluateOptions.Concurrency),
            Pages = parsed.GetValue(EvaluateOptions.Pages),
            Seed = parsed.GetValue(EvaluateOptions.Seed),
        };
    }
}
