using Pixelis.Agents;
using Pixelis.Online.Health;
using Pixelis.Online.State;
using Pixelis.Online.Updates;
using Pixelis.Trajectories;

namespace Pixelis.Online.Tests.Answering;

/// <summary>How an answer comes about, and what becomes of it, where the votes are told by the test.</summary>
public sealed class OnlineAgentTests
{
    [Fact]
    public async Task Episodes_vote_and_what_wins_is_served_remembered_and_queued_with_its_tokens()
    {
        var bench = new Bench("red", "blue", "Blue.", "blue");
        OnlineAgent agent = await bench.AgentAsync();
        OnlineAnswer answer = await agent.AskAsync(Bench.Ask(trace: "first"));
        Assert.Equal(("first", "first", AnswerUse.Queued), (answer.TraceId, answer.Trajectory.Id, answer.Use));
        Assert.Equal("blue", VotingForm.Of(answer.Text));
        Assert.Equal("blue", VotingForm.Of(answer.Trajectory.Answer));
        Assert.Equal(4, answer.Episodes.Select(e => e.Id).Distinct().Count());
        Assert.Equal(4, answer.Consensus.Votes.Count);
        Assert.All(answer.Consensus.Votes, vote => Assert.NotEmpty(vote.Reason));
        Assert.Empty(answer.Failures);

        Experience kept = (await bench.Buffer.FindAsync(answer.Experience!.Value))!;
        Assert.Equal(("first", "v000001", LabelSource.Vote), (kept.RequestId, kept.PolicyVersion, kept.LabelSource));
        Assert.Equal(answer.Episodes.Select(e => e.Id), kept.Episodes.Select(e => e.Id));
        UpdateTask task = Assert.Single(bench.Queue.TakeAll());
        Assert.Equal([kept.Id], task.Experiences);
        Assert.Equal("blue", VotingForm.Of(task.Label));
        Assert.All(task.Episodes, e => Assert.True(e.TokenIds.Count > 0 && e.TokenIds.Count == e.LogProbabilities.Count && e.LogProbabilities.Any(l => l == -1)));
        Assert.Empty(bench.Publisher.Leases);
    }

    [Fact]
    public async Task At_a_cold_start_it_collects_and_neighbours_do_not_vote()
    {
        var bench = new Bench("red");
        OnlineAgent agent = await bench.AgentAsync(Bench.Open with { ColdStart = 2, Episodes = 2 });
        await bench.RememberAsync("blue", 0);
        OnlineAnswer cold = await agent.AskAsync(Bench.Ask());
        Assert.True(cold.IsColdStart);
        Assert.Equal((AnswerUse.Collected, 2), (cold.Use, cold.Consensus.Votes.Count));
        Assert.Equal("cold_start", Assert.Single(cold.Gates.Blocked).Gate);
        Assert.Equal(0.9, (await bench.Buffer.FindAsync(cold.Experience!.Value))!.Priority);
        Assert.Equal(0, bench.Queue.Waiting);

        OnlineAnswer warm = await agent.AskAsync(Bench.Ask());
        Assert.False(warm.IsColdStart);
        Assert.Equal((AnswerUse.Queued, 4), (warm.Use, warm.Consensus.Votes.Count));
    }

    [Fact]
    public async Task Memory_changes_an_answer_when_neighbours_agree_and_learns_who_was_right()
    {
        var bench = new Bench("red");
        OnlineAgent agent = await bench.AgentAsync(Bench.Open with { Episodes = 1 });
        Assert.Equal("red", (await agent.AskAsync(Bench.Ask("What is it? @90"))).Text); // far from all that follows
        long[] neighbours = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(async i => (await bench.RememberAsync("blue", i)).Id))];
        OnlineAnswer answer = await agent.AskAsync(Bench.Ask());
        Assert.Equal("blue", answer.Text);
        Assert.Equal("red", answer.Trajectory.Answer);
        Assert.Equal("blue", (await bench.Buffer.FindAsync(answer.Experience!.Value))!.Label);
        foreach (long id in neighbours)
        {
            Experience used = (await bench.Buffer.FindAsync(id))!;
            Assert.Equal((1L, 1L), (used.Uses, used.Successes));
        }
    }

    [Fact]
    public async Task A_request_is_no_witness_for_itself_and_tenants_do_not_meet()
    {
        var bench = new Bench("red");
        OnlineAgent agent = await bench.AgentAsync();
        await agent.AskAsync(Bench.Ask(trace: "same"));
        OnlineAnswer again = await agent.AskAsync(Bench.Ask(trace: "same"));
        Assert.All(again.Consensus.Votes, v => Assert.Equal(VoteSource.Own, v.Ballot.Source));
        OnlineAnswer other = await agent.AskAsync(Bench.Ask(trace: "other") with { Tenant = "somebody" });
        Assert.All(other.Consensus.Votes, v => Assert.Equal(VoteSource.Own, v.Ballot.Source));
        OnlineAnswer next = await agent.AskAsync(Bench.Ask(trace: "next"));
        Assert.Contains(next.Consensus.Votes, v => v.Ballot.Source == VoteSource.Neighbor);
    }

    [Fact]
    public async Task Empty_answers_never_win()
    {
        var bench = new Bench("", " ", "7", "");
        OnlineAgent agent = await bench.AgentAsync();
        OnlineAnswer answer = await agent.AskAsync(Bench.Ask());
        Assert.Equal("7", answer.Text);
        Assert.Equal("7", answer.Trajectory.Answer);
        Assert.Equal(AnswerUse.Collected, answer.Use); // one of four is too few

        var silent = new Bench("");
        OnlineAnswer nothing = await (await silent.AgentAsync()).AskAsync(Bench.Ask());
        Assert.Null(nothing.Consensus.Answer);
        Assert.Equal((AnswerUse.Collected, 0), (nothing.Use, silent.Queue.Waiting));
        Assert.Null((await silent.Buffer.FindAsync(nothing.Experience!.Value))!.Label);
    }

    [Theory]
    [InlineData(OnlineMode.Learning, 1, 1)]
    [InlineData(OnlineMode.Shadow, 1, 1)]
    [InlineData(OnlineMode.ReadOnly, 0, 0)]
    public async Task Modes_keep_and_learn_what_they_may(OnlineMode mode, int kept, int queued)
    {
        var bench = new Bench("red");
        OnlineAnswer answer = await (await bench.AgentAsync(Bench.Open with { Mode = mode })).AskAsync(Bench.Ask());
        Assert.Equal("red", answer.Text);
        Assert.Equal((kept, queued), ((int)await bench.Buffer.CountAsync(), bench.Queue.Waiting));
    }

    [Fact]
    public async Task A_question_within_a_conversation_is_answered_and_kept_nowhere()
    {
        var bench = new Bench("red");
        OnlineAgent agent = await bench.AgentAsync();
        await bench.RememberAsync("blue", 0);
        var request = new OnlineRequest(new AgentRequest("And that?", []) { History = [Message.User("What is it?"), Message.Assistant("blue")] });
        OnlineAnswer answer = await agent.AskAsync(request);
        Assert.Equal(("red", AnswerUse.None, 1L), (answer.Text, answer.Use, await bench.Buffer.CountAsync()));
    }

    [Fact]
    public async Task One_episode_is_asked_as_it_is_and_several_are_drawn_from_the_whole_distribution()
    {
        var bench = new Bench("red");
        OnlineAgent agent = await bench.AgentAsync(Bench.Open with { Episodes = 1 });
        OnlineAnswer one = await agent.AskAsync(Bench.Ask());
        Assert.Single(one.Episodes);
        OnlineAnswer three = await agent.AskAsync(Bench.Ask() with { Episodes = 3 });
        Assert.Equal(3, three.Episodes.Count);
        await Assert.ThrowsAsync<PixelisException>(() => agent.AskAsync(Bench.Ask() with { Episodes = 0 }));
        Assert.Equal(4, bench.Voice.Episodes);
    }

    [Fact]
    public async Task Cancelled_it_keeps_nothing_and_lets_go_of_the_version()
    {
        var never = new TaskCompletionSource();
        var bench = new Bench("red");
        bench.Voice.Gate = never.Task;
        OnlineAgent agent = await bench.AgentAsync();
        using var stop = new CancellationTokenSource();
        Task<OnlineAnswer> asking = agent.AskAsync(Bench.Ask(), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal((0L, 0), (await bench.Buffer.CountAsync(), bench.Queue.Waiting));
        Assert.Empty(bench.Publisher.Leases);
    }

    [Fact]
    public async Task A_model_that_fails_is_told_and_one_episode_of_several_that_fails_is_a_vote_for_nothing()
    {
        var broken = new Bench((_, _) => throw new InvalidOperationException("out of order"));
        await Assert.ThrowsAsync<PixelisException>(async () => await (await broken.AgentAsync()).AskAsync(Bench.Ask()));
        Assert.Equal(0, await broken.Buffer.CountAsync());
        Assert.Empty(broken.Publisher.Leases);

        var limping = new Bench((_, episode) => episode % 4 == 0 ? throw new InvalidOperationException("out of order") : "red");
        OnlineAnswer answer = await (await limping.AgentAsync()).AskAsync(Bench.Ask());
        Assert.Equal("red", answer.Text);
        Assert.Equal(0.75, answer.Consensus.OwnSupport);
    }

    [Fact]
    public async Task A_person_is_hashed_and_refused_where_there_is_no_key()
    {
        var bench = new Bench("red");
        OnlineAgent agent = await bench.AgentAsync();
        OnlineAnswer answer = await agent.AskAsync(Bench.Ask() with { Subject = "Ann" });
        Experience kept = (await bench.Buffer.FindAsync(answer.Experience!.Value))!;
        Assert.Equal(32, kept.Subject!.Length);
        Assert.Equal([kept.Id], (await bench.Buffer.EraseAsync(kept.Subject)).Experiences);
    }
}
