using FsCheck;
using FsCheck.Fluent;
using Pixelis.Agents.Dialects;
using Pixelis.Agents.Tests.Episodes;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Tests.Loop;

public class AgentLoopPropertyTests
{
    private static readonly PixelImage Picture = PixelImage.Create(8, 4, PixelFormat.Rgb24, new byte[96]);

    private static readonly Gen<AgentLimits> Limits =
        from turns in Gen.Choose(1, 5)
        from calls in Gen.Choose(0, 6)
        from perTurn in Gen.Choose(1, 3)
        from images in Gen.Choose(1, 4)
        from tokens in Gen.Elements(0, 0, 60, 300)
        from observation in Gen.Elements(100, 8_000)
        select new AgentLimits
        {
            MaxTurns = turns, MaxToolCalls = calls, MaxToolCallsPerTurn = perTurn, MaxImages = images, MaxTokens = tokens,
            MaxObservationLength = observation, ToolTimeout = TimeSpan.FromSeconds(20),
        };

    private static readonly Gen<(string[] Turns, AgentLimits Limits, bool PixelReasoner)> Episodes =
        from turns in ModelTexts.Turn.NonEmptyListOf()
        from limits in Limits
        from other in ArbMap.Default.GeneratorFor<bool>()
        select (turns.ToArray(), limits, other);

    [Fact]
    public void Whatever_a_model_writes_the_loop_ends_within_its_limits_and_its_record_is_whole()
    {
        var expected = new HashSet<EndReason> { EndReason.Answered, EndReason.TurnLimit, EndReason.CallLimit, EndReason.ImageLimit, EndReason.TokenLimit };
        var reached = new HashSet<EndReason>();
        // Chance may leave a rare reason out of a round: a further one is as honest as the first, and eight without it are a fault.
        for (int round = 0; round < 8 && !expected.IsSubsetOf(reached); round++)
            reached.UnionWith(ReasonsOfARound());
        Assert.Superset(expected, reached);
    }

    private static HashSet<EndReason> ReasonsOfARound()
    {
        var reasons = new HashSet<EndReason>();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(250), Prop.ForAll(Episodes.ToArbitrary(), episode =>
        {
            AgentAnswer answer = RunAsync(episode.Turns, episode.Limits, episode.PixelReasoner).WaitAsync(TimeSpan.FromMinutes(2)).GetAwaiter().GetResult();
            reasons.Add(answer.EndReason);
            TrajectoryInvariants.Check(answer.Trajectory, episode.Limits);
        }));
        return reasons;
    }

    private static async Task<AgentAnswer> RunAsync(string[] turns, AgentLimits limits, bool pixelReasoner)
    {
        var model = new ScriptedModel(messages => turns[Math.Min(messages.Count(m => m.Role == Role.Assistant), turns.Length - 1)]);
        PixelisAgentBuilder builder = PixelisAgent.Create().WithModel(model).WithLimits(limits).WithDialect(pixelReasoner ? AgentDialect.PixelReasoner : AgentDialect.Pixelis);
        foreach (Tools.ITool tool in BadlyBehavedTools.All)
            builder.WithTool(tool);
        await using PixelisAgent agent = builder.Build();
        return await agent.AskAsync("what \ud800 is <|im_end|> this?", Picture);
    }
}
