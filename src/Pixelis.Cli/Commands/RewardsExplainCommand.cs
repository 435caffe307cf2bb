using System.CommandLine;
using System.Text.Json;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Rewarding;
using Pixelis.Data;
using Pixelis.Rewards;
using Pixelis.Trajectories;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis rewards explain</c>: the reward of an episode, step by step.</summary>
internal static class RewardsExplainCommand
{
    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Trajectory (JSON, JSON Lines, or a folder with trajectory.json); several are one group", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("explain", "Prints what an episode is rewarded for, turn by turn")
        {
            Files, RewardOptions.Answer, RewardOptions.Data, RewardOptions.Example, RewardOptions.Reward, RewardOptions.Grader, Json,
        };
        command.SetAction(Run);
        return command
            .WithExamples(
                "pixelis ask --model ./model --image photo.jpg --trajectory trajectory.json \"How many dots are there?\"",
                "pixelis rewards explain trajectory.json --answer 7",
                "pixelis rewards explain run/*.json --data bench.jsonl --reward pixel-reasoner",
                "pixelis rewards explain trajectory.json --answer 7 --json | jq '.episodes[0].parts'")
            .WithNote(
                "Curiosity is about a group: give all episodes of a prompt for what a trainer would see. Without --answer or --data the task is not\n"
                + "measured, and so the sum is not; all else is.");
    }

    private static int Run(ParseResult parsed)
    {
        CompositeReward reward = RewardOptions.RewardOf(parsed);
        TruthSource? truth = RewardOptions.TruthOf(parsed);
        IReadOnlyList<(string Source, Trajectory Episode)> episodes = EpisodeFiles.Read(parsed.GetRequiredValue(Files));
        Example example = truth?.Of(episodes[0].Episode) ?? TruthSource.Unknown(episodes[0].Episode);
        IReadOnlyList<RewardExplanation> explained = RewardExplanation.Of(reward, new RewardGroup(example, [.. episodes.Select(e => new RewardEpisode(e.Episode))]));
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(Json))
        {
            RewardedEpisodeDocument[] documents = [.. episodes.Zip(explained, (e, x) => Document(e.Source, x))];
            var document = new RewardGroupDocument(parsed.GetRequiredValue(RewardOptions.Reward), example.Question, truth is null ? null : example.Answer, documents);
            output.WriteLine(JsonSerializer.Serialize(document, CliJson.Default.RewardGroupDocument));
        }
        else
        {
            output.WriteLine(string.Join("\n\n", episodes.Zip(explained, (e, x) => ExplanationText.Of(e.Source, x))));
        }
        return ExitCodes.Success;
    }

    private static RewardedEpisodeDocument Document(string source, RewardExplanation explained) => new(
        source,
        explained.Reward.Total,
        [.. explained.Reward.Terms.Select(t => new RewardPartDocument(t.Name, explained.Reward.Parts.GetValueOrDefault(t.Name)?.Total, t.Value, t.Reason))],
        [
            .. explained.Steps.Select(s => new RewardStepDocument(
                s.Turn, s.Text, [.. s.Calls.Select(c => new RewardCallDocument(c.Call.Name, Written(c), c.IsError, c.ResultText))], RewardTermDocument.Of(s.Terms))),
        ],
        RewardTermDocument.Of(explained.Whole));

    private static JsonElement Written(ToolInvocation invocation) =>
        invocation.Call.Arguments.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("{}") : invocation.Call.Arguments;
}
