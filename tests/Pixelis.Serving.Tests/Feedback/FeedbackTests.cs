using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pixelis.Online;
using Pixelis.Serving.Tests.Support;

namespace Pixelis.Serving.Tests.Feedback;

public class FeedbackTests
{
    [Fact]
    public async Task Feedback_reaches_whoever_takes_it_and_the_live_state()
    {
        var sink = new Sink();
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("6"), add: s => s.AddSingleton<IFeedbackSink>(sink));
        string trace = sink.Known = (await app.AskAsync("3 + 4?")).TraceId;
        Reply reply = await app.PostAsync("/v1/feedback", $$"""{"trace_id": "{{trace}}", "verdict": "incorrect", "correction": " 7 "}""");
        Assert.Equal("""{"trace_id":"TRACE","verdict":"corrected","taken":true}""".Replace("TRACE", trace, StringComparison.Ordinal), reply.Text);
        Assert.Equal(new AnswerFeedback { TraceId = trace, IsCorrect = false, Correction = "7" }, sink.Taken.Single());
        JsonNode state = (await app.GetAsync("/v1/online/state")).Json;
        Assert.Equal("corrected", (string?)state["answers"]![0]!["feedback"]);
        Assert.True((bool)state["takes_feedback"]!);
        Assert.Equal(200, (await app.PostAsync("/v1/feedback", $$"""{"trace_id": "{{trace}}", "verdict": "correct"}""")).Code);
    }

    [Theory]
    [InlineData("{}", 400, "trace_id")]
    [InlineData("{\"trace_id\": \"x\"}", 400, "verdict")]
    [InlineData("{\"trace_id\": \"x\", \"verdict\": \"good\"}", 400, "verdict")]
    [InlineData("{\"trace_id\": \"x\", \"verdict\": true}", 400, "verdict")]
    [InlineData("{\"trace_id\": \"x\", \"verdict\": \"correct\", \"correction\": \"7\"}", 400, "correction")]
    [InlineData("{\"trace_id\": \"x\", \"verdict\": \"correct\", \"stars\": 5}", 400, "stars")]
    [InlineData("{\"trace_id\": \"x\", \"verdict\": \"correct\"}", 404, "trace_id")]
    public async Task Wrong_feedback_is_told_and_not_taken(string body, int status, string param)
    {
        var sink = new Sink();
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("6"), add: s => s.AddSingleton<IFeedbackSink>(sink));
        Reply reply = await app.PostAsync("/v1/feedback", body);
        Assert.Equal((status, param), (reply.Code, reply.Param));
        Assert.Empty(sink.Taken);
        Assert.Equal(400, (await app.PostAsync("/v1/feedback", $$"""{"trace_id": "x", "verdict": "incorrect", "correction": "{{new string('a', 5000)}}"}""")).Code);
    }

    [Fact]
    public async Task A_server_that_does_not_learn_takes_none()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("6"));
        Reply reply = await app.PostAsync("/v1/feedback", $$"""{"trace_id": "{{(await app.AskAsync("?")).TraceId}}", "verdict": "correct"}""");
        Assert.Equal((404, "feedback_off"), (reply.Code, reply.ErrorCode));
    }

    private sealed class Sink : IFeedbackSink
    {
        public string Known { get; set; } = "";

        public List<AnswerFeedback> Taken { get; } = [];

        public ValueTask<bool> TakeAsync(AnswerFeedback feedback, CancellationToken cancellationToken = default)
        {
            if (feedback.TraceId == Known)
                Taken.Add(feedback);
            return ValueTask.FromResult(feedback.TraceId == Known);
        }
    }
}
