using System.CommandLine;
using System.Text.Json;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Rewarding;
using Pixelis.Data;
using Pixelis.Rewards;
using Pixelis.Trajectories;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis rewards probe</c>: which cheap tricks raise a reward.</summary>
internal static class RewardsProbeCommand
{
    private static readonly Argument<string?> File = new("FILE")
    {
        Description = "Trajectory to begin with, and its truth by --answer or --data. Default: an episode that segments, measures, zooms, reads and is right",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<int> Group = new("--group") { Description = "Episodes of a group", HelpName = "N", DefaultValueFactory = _ => 8 };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("probe", "Tries exploits on a reward and says which raise it")
        {
            File, RewardOptions.Answer, RewardOptions.Data, RewardOptions.Example, RewardOptions.Reward, RewardOptions.Grader, Group, Json,
        };
        command.SetAction(Run);
        return command
            .WithExamples(
                "pixelis rewards probe",
                "pixelis rewards probe --reward pixel-reasoner-released --group 16",
                "pixelis rewards probe trajectory.json --answer 7 --grader numeric",
                "pixelis rewards probe --json | jq '.[] | select(.raises) | .probe'")
            .WithNote(
                "Each trick is tried on the episode, on the same answering without a look, and on the same with a wrong answer, one changed episode\n"
                + "among unchanged ones. A trick that raises the reward will be learned; whether that is meant is yours to say.");
    }

    private static int Run(ParseResult parsed)
    {
        CompositeReward reward = RewardOptions.RewardOf(parsed);
        int group = parsed.GetValue(Group) is >= 1 and <= 1024 and var size ? size : throw new UsageException($"--group must be 1 to 1024, not {parsed.GetValue(Group)}.");
        (Example example, Trajectory episode) = Begin(parsed);
        IReadOnlyList<ProbeResult> results = RewardProbes.Run(reward, example, episode, group);
        if (results.All(r => r.Before is null))
            throw new PixelisException($"The reward cannot be measured with '{example.Answer}' as the truth; another --grader or --answer may do.");
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(Json))
            output.WriteLine(JsonSerializer.Serialize([.. results.Select(Document)], CliJson.Default.ProbeDocumentArray));
        else
            Write(output, results);
        return ExitCodes.Success;
    }

    private static (Example Example, Trajectory Episode) Begin(ParseResult parsed)
    {
        TruthSource? truth = RewardOptions.TruthOf(parsed);
        if (parsed.GetValue(File) is not { } file)
            return truth is null ? (RewardProbes.SampleTask, RewardProbes.SampleEpisode) : throw new UsageException("--answer and --data are about a FILE; name one.");
        if (truth is null)
            throw new UsageException("What is right? Give --answer or --data with the FILE.");
        IReadOnlyList<(string Source, Trajectory Episode)> episodes = EpisodeFiles.Read([file]);
        return (truth.Of(episodes[0].Episode), episodes[0].Episode);
    }

    private static void Write(TextWriter output, IReadOnlyList<ProbeResult> results)
    {
        foreach (IGrouping<string, ProbeResult> episode in results.GroupBy(r => r.Episode))
        {
            output.WriteLine($"{episode.Key}: reward {(episode.First().Before is { } before ? ExplanationText.Number(before) : "not measured")}");
            foreach (ProbeResult result in episode)
            {
                double change = (result.After - result.Before) ?? 0;
                string changes = string.Join(", ", result.Changes.Select(c => $"{c.Key} {ExplanationText.Signed(c.Value)}"));
                char mark = result.Raises ? '!' : ' ';
                output.WriteLine($"{mark} {result.Probe.Name,-24} {ExplanationText.Signed(change),8}  {changes}".TrimEnd());
            }
            output.WriteLine();
        }
        ProbeResult[] paid = [.. results.Where(r => r.Raises)];
        output.WriteLine(paid.Length == 0 ? $"None of {results.Count} tries raises the reward." : $"{paid.Length} of {results.Count} tries raise the reward (!):");
        foreach (IGrouping<RewardProbe, ProbeResult> probe in paid.GroupBy(r => r.Probe))
            output.WriteLine($"  {probe.Key.Name}: {probe.Key.Description} ({string.Join(", ", probe.Select(r => r.Episode))})");
    }

    private static ProbeDocument Document(ProbeResult result) =>
        new(result.Probe.Name, result.Probe.Description, result.Episode, result.Before, result.After, result.Raises, result.Changes);
}
