using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Evaluation.Tests.Support;
using Pixelis.Generation;

namespace Pixelis.Evaluation.Tests.Runs;

public class AgentEvaluationTests
{
    [Fact]
    public async Task Predictions_come_in_the_order_of_the_data_and_episodes_run_beside_each_other()
    {
        AnsweringModel model = Sums.Model(i => i is 3 or 4, TimeSpan.FromMilliseconds(20));
        await using PixelisAgent agent = Sums.Agent(model);
        var heard = new List<EvaluatedEpisode>();
        IReadOnlyList<Prediction> predictions = await new AgentEvaluation(agent).RunAsync(Sums.Data(12), new AgentEvaluationOptions { Concurrency = 3 }, onEpisode: heard.Add);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"sum-{i}"), predictions.Select(p => p.Id));
        Assert.Equal(["sum-3", "sum-4"], predictions.Where(p => !p.Right).Select(p => p.Id));
        Assert.Equal(3, model.MostAtOnce);
        Assert.Equal(Enumerable.Range(1, 12), heard.Select(h => h.Done));
        Assert.All(heard, h => Assert.Equal(h.Prediction.Answer, h.Trajectory!.Answer));
        Prediction first = predictions[0];
        Assert.Equal(("even", 1, "0 + 0?", "0", "0", "Answered", "It is \\boxed{0}.", 1, 1, 1), (first.Family, first.Difficulty, first.Question, first.Answer, first.Truth, first.EndReason, first.Text, first.Turns, first.TokensRead, first.TokensWritten));
        Assert.Equal(16, Assert.Single(first.Media).Length);
    }

    [Fact]
    public async Task Whatever_answers_is_evaluated_by_the_answer_it_gives()
    {
        await using PixelisAgent agent = Sums.Agent(Sums.Model());
        var asked = new List<string?>();
        var evaluation = new AgentEvaluation(agent.Settings, async (request, cancellation) =>
        {
            asked.Add(request.Question);
            return (await agent.AskAsync(request, cancellation)).Trajectory with { Answer = "4" };
        });
        IReadOnlyList<Prediction> predictions = await evaluation.RunAsync(Sums.Data(6), new AgentEvaluationOptions { Concurrency = 1 });
        Assert.Equal([.. Enumerable.Range(0, 6).Select(i => $"{i} + 0?")], asked);
        Assert.Equal(["sum-4"], predictions.Where(p => p.Right).Select(p => p.Id));
        Assert.Equal(agent.Settings, evaluation.Settings);
    }

    [Fact]
    public async Task What_is_done_is_not_asked_again()
    {
        AnsweringModel model = Sums.Model();
        await using PixelisAgent agent = Sums.Agent(model);
        var evaluation = new AgentEvaluation(agent);
        IReadOnlyList<Prediction> all = await evaluation.RunAsync(Sums.Data(6));
        int before = model.Turns;
        Dictionary<string, Prediction> done = all.Take(4).ToDictionary(p => p.Id, p => p with { Seconds = 99 });
        IReadOnlyList<Prediction> again = await evaluation.RunAsync(Sums.Data(6), done: done);
        Assert.Equal(2, model.Turns - before);
        Assert.Equal([99, 99, 99, 99], again.Take(4).Select(p => p.Seconds));
        Assert.Equal(all.Select(p => p.Answer), again.Select(p => p.Answer));
    }

    [Fact]
    public async Task Calls_are_counted_by_tool_and_made_up_names_together()
    {
        var model = new AnsweringModel(messages => messages.Count(m => m.Role == Role.Assistant) == 0
            ? string.Concat(new[] { "double", "DOUBLE", "fly", "swim" }.Select(n => $"<tool_call>{{\"name\": \"{n}\", \"arguments\": {{\"value\": 2}}}}</tool_call>"))
            : "4");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTool((int value) => value * 2, "double").Build();
        Prediction prediction = Assert.Single(await new AgentEvaluation(agent).RunAsync(Sums.Data(1)));
        Assert.Equal(new Dictionary<string, int> { ["double"] = 2, ["(no such tool)"] = 2 }, prediction.Calls);
        Assert.Equal(new Dictionary<string, int> { ["(no such tool)"] = 2 }, prediction.FailedCalls);
        EvaluationScores scores = EvaluationScores.Of([prediction], 0);
        Assert.Equal((1, 4, 0.5), (scores.All.ToolRate, scores.All.Calls, scores.All.FailedCalls));
        Assert.Equal([new ToolUse("(no such tool)", 2, 2), new ToolUse("double", 2, 0)], scores.Tools);
    }

    [Fact]
    public async Task Sampling_takes_a_seed_from_the_example_and_greedy_decoding_none()
    {
        async Task<ulong?[]> Seeds(double temperature, ulong seed, int count)
        {
            AnsweringModel model = Sums.Model();
            await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithGeneration(new GenerationOptions { Temperature = temperature }).Build();
            await new AgentEvaluation(agent).RunAsync(Sums.Data(count), new AgentEvaluationOptions { Seed = seed });
            return [.. model.Seeds.Order()];
        }
        Assert.Equal([null, null], await Seeds(0, 7, 2));
        ulong?[] first = await Seeds(1, 7, 3);
        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first, await Seeds(1, 7, 3));
        Assert.NotEqual(first, await Seeds(1, 8, 3));
    }

    [Fact]
    public async Task An_episode_that_fails_is_a_wrong_answer_that_says_why()
    {
        var model = new AnsweringModel(messages => messages[0].Text.StartsWith("1 ", StringComparison.Ordinal) ? throw new PixelisException("no ink") : "0");
        await using PixelisAgent agent = Sums.Agent(model);
        IReadOnlyList<Prediction> predictions = await new AgentEvaluation(agent).RunAsync(Sums.Data(3), new AgentEvaluationOptions { Concurrency = 1 });
        Assert.Equal((false, null, "Failed", "no ink"), (predictions[1].Right, predictions[1].Answer, predictions[1].EndReason, predictions[1].Error));
        Assert.True(predictions[0].Right);
    }

    [Fact]
    public async Task Nothing_but_failures_ends_the_run()
    {
        await using PixelisAgent agent = Sums.Agent(new AnsweringModel(_ => throw new PixelisException("no ink")));
        PixelisException error = await Assert.ThrowsAsync<PixelisException>(() => new AgentEvaluation(agent).RunAsync(Sums.Data(9), new AgentEvaluationOptions { Concurrency = 1 }));
        Assert.Equal("The first 3 episodes failed, the last with: no ink", error.Message);
    }

    [Fact]
    public async Task Cancelled_runs_have_told_of_what_was_done()
    {
        await using PixelisAgent agent = Sums.Agent(Sums.Model(delay: TimeSpan.FromMilliseconds(5)));
        using var stop = new CancellationTokenSource();
        int done = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new AgentEvaluation(agent).RunAsync(Sums.Data(1000), onEpisode: _ =>
        {
            if (++done == 5)
                stop.Cancel();
        }, cancellationToken: stop.Token));
        Assert.InRange(done, 5, 20);
    }

    [Fact]
    public async Task The_demonstrator_is_evaluated_like_an_agent()
    {
        await using var oracle = new TraceFactory();
        var options = new PixelBenchOptions { Split = PixelBenchSplit.Test, Families = [PixelBenchFamily.Spot, PixelBenchFamily.Count, PixelBenchFamily.Frame] };
        IReadOnlyList<Prediction> predictions = await new AgentEvaluation(oracle).RunAsync(EvaluationData.PixelBench(options, 30));
        EvaluationScores scores = EvaluationScores.Of(predictions, 0);
        Assert.True(scores.All.Accuracy >= 0.98, string.Join("\n", predictions.Where(p => !p.Right)));
        Assert.Equal(["spot", "count", "frame"], scores.Families.Select(f => f.Name));
        Assert.Equal(["difficulty 1", "difficulty 2", "difficulty 3"], scores.Difficulties.Select(d => d.Name));
        Assert.Equal(9, scores.Cells.Count);
        Assert.Equal(1, scores.All.ToolRate);
    }
}
