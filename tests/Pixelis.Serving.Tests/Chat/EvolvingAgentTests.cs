using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pixelis.Online;
using Pixelis.Serving.Tests.Support;
using Pixelis.TestKit;

namespace Pixelis.Serving.Tests.Chat;

/// <summary>An agent that remembers and learns, over HTTP: it answers, the live page shows what became of it, and feedback reaches its memory.</summary>
[Collection(TinyAgentCollection.Name)]
public sealed class EvolvingAgentTests(TinyAgent tiny)
{
    [Fact]
    public async Task What_is_answered_is_remembered_shown_and_can_be_corrected()
    {
        using var folder = new TemporaryFolder();
        await using ServedApp app = await ServedApp.StartAsync(
            tiny.Agent, o => o.ModelId = "told", s => s.AddPixelisOnline(o => (o.Folder, o.LoraRank, o.Episodes, o.ReviewShare, o.Confidence) = (folder["online"], 2, 2, 0, 0)));
        Reply reply = await app.AskAsync("Say something.");
        Assert.Equal(200, reply.Code);
        JsonNode state = (await app.GetAsync("/v1/online/state")).Json;
        Assert.Equal("v000001", (string?)state["online"]!["served_version"]);
        Assert.Equal(1, (int)state["online"]!["experiences"]!);
        JsonNode answer = state["online"]!["answers"]![0]!;
        Assert.Equal((reply.TraceId, "collected"), ((string?)answer["trace_id"], (string?)answer["use"]));
        Assert.Contains(answer["gates"]!.AsArray(), g => (string?)g!["gate"] == "cold_start" && !(bool)g["passed"]!);

        Assert.Equal(200, (await app.PostAsync("/v1/feedback", $$"""{"trace_id": "{{reply.TraceId}}", "verdict": "incorrect", "correction": "7"}""")).Code);
        Assert.Equal(404, (await app.PostAsync("/v1/feedback", """{"trace_id": "unknown", "verdict": "correct"}""")).Code);
        Reply named = await app.PostAsync("/v1/chat/completions", """{"model": "told", "user": " Ann ", "max_tokens": 2, "messages": [{"role": "user", "content": "And now?"}]}""");
        Assert.Equal(200, named.Code);
        Erasure erased = await app.Services.GetRequiredService<OnlineEvolution>().EraseAsync("ann");
        Assert.Equal((1, 1), (erased.Experiences.Count, (int)(await app.GetAsync("/v1/online/state")).Json["online"]!["experiences"]!));
        Reply stream = await app.AskAsync(ServedApp.Question("Say more.", stream: true));
        Assert.Equal("[DONE]", stream.Events[^1]);
        Assert.Equal(200, (await app.GetAsync("/health")).Code);
    }
}
