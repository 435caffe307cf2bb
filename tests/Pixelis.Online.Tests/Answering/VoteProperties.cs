using FsCheck;
using FsCheck.Fluent;
using Pixelis.Online.State;

namespace Pixelis.Online.Tests.Answering;

/// <summary>What holds whatever the model says and memory holds.</summary>
public sealed class VoteProperties
{
    private static readonly Gen<string> Answers = Gen.Elements("", " ", "red", "Red.", "blue", "7", "seven", "yes", "\\boxed{7}", "I do not know");

    [Fact]
    public void An_answer_is_one_that_was_given_never_blank_when_any_was_and_is_queued_when_all_gates_pass()
    {
        Gen<(string[] Own, string[] Near)> cases = from own in Answers.ArrayOf() where own.Length is >= 1 and <= 6 from near in Answers.ArrayOf() select (own, near);
        Prop.ForAll(cases.ToArbitrary(), c => Check(c.Own, c.Near).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    private static async Task<bool> Check(string[] own, string[] near)
    {
        var bench = new Bench(own);
        for (int i = 0; i < near.Length; i++)
            await bench.RememberAsync(near[i], i, $"near {i}");
        OnlineAnswer answer = await (await bench.AgentAsync(Bench.Open with { Episodes = own.Length, LabelConfidence = 0.5 })).AskAsync(Bench.Ask());
        bool anySaid = answer.Consensus.Votes.Any(v => v.Form.Length > 0 && v.Weight > 0);
        Assert.Equal(anySaid, answer.Consensus.Answer is not null);
        if (anySaid)
            Assert.Contains(VotingForm.Of(answer.Text), own.Concat(near).Select(a => VotingForm.Of(a)).Where(f => f.Length > 0));
        Assert.Equal(answer.Gates.Passed, answer.Use == AnswerUse.Queued);
        Assert.Equal(answer.Gates.Passed ? 1 : 0, bench.Queue.Waiting);
        Assert.Equal(near.Length + 1, await bench.Buffer.CountAsync());
        Assert.Equal(answer.TraceId, answer.Trajectory.Id);
        return true;
    }
}
