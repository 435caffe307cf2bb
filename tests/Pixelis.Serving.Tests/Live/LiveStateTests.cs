using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Pixelis.Online.State;
using Pixelis.Serving.Tests.Support;

namespace Pixelis.Serving.Tests.Live;

public class LiveStateTests
{
    [Fact]
    public async Task Without_learning_there_are_answers_and_nothing_else()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"), o => o.RecentAnswers = 3);
        for (int i = 0; i < 5; i++)
            await app.AskAsync($"question {i}");
        JsonObject state = (await app.GetAsync("/v1/online/state")).Json.AsObject();
        Assert.Equal(["server", "answers", "takes_feedback", "problems"], state.Select(p => p.Key));
        Assert.Equal(["question 4", "question 3", "question 2"], state["answers"]!.AsArray().Select(a => (string?)a!["question"]));
        Assert.Equal(("fine", "answered", 4), ((string?)state["answers"]![0]!["answer"], (string?)state["answers"]![0]!["status"], (int)state["answers"]![0]!["tokens"]!));
    }

    [Fact]
    public async Task Long_texts_are_cut_and_nothing_is_kept_where_that_is_wanted()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel(new string('a', 599) + "😀 and more"), o => o.MaxTokens = 4096);
        await app.AskAsync(new { model = "told", max_tokens = 2000, messages = new[] { new { role = "user", content = new string('q', 2000) } } });
        JsonNode answer = (await app.GetAsync("/v1/online/state")).Json["answers"]![0]!;
        Assert.Equal(new string('a', 599) + " ...", (string?)answer["answer"]);
        Assert.Equal(604, ((string)answer["question"]!).Length);
        await using ServedApp silent = await ServedApp.StartAsync(new ToldModel("fine"), o => o.RecentAnswers = 0);
        await silent.AskAsync("Hi");
        Assert.Empty((await silent.GetAsync("/v1/online/state")).Json["answers"]!.AsArray());
    }

    [Fact]
    public async Task What_learns_is_told_as_it_is()
    {
        var learning = new Learning();
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("6"), add: s => s.AddSingleton<IOnlineState>(learning));
        string trace = (await app.AskAsync("How many dots?")).TraceId;
        learning.Snapshot = Learning.Sample([trace]);
        JsonNode online = (await app.GetAsync("/v1/online/state")).Json["online"]!;
        Assert.Equal(("learning", "v2", 240), ((string?)online["mode"], (string?)online["served_version"], (int)online["experiences"]!));
        JsonNode answer = online["answers"]![0]!;
        Assert.Equal((trace, "in_review"), ((string?)answer["trace_id"], (string?)answer["use"]));
        Assert.Equal("6", (string?)answer["consensus"]!["answer"]);
        Assert.Equal(4, answer["consensus"]!["votes"]!.AsArray().Count);
        Assert.Equal([true, false], answer["gates"]!.AsArray().Take(2).Select(g => (bool)g!["passed"]!));
        Assert.Equal("rolled_back", (string?)online["versions"]!.AsArray().Single(v => (string?)v!["name"] == "v1")!["standing"]);
        Assert.Equal(0.75, (double)online["updates"]![0]!["reward"]!);
        Assert.Null(online["gates"]);
    }

    [Fact]
    public async Task A_part_that_fails_is_named_and_the_rest_is_there()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("6"), add: s => s.AddSingleton<IOnlineState>(new Learning()));
        JsonNode state = (await app.GetAsync("/v1/online/state")).Json;
        Assert.Null(state["online"]);
        Assert.Equal("The online state could not be read; the server's log has the reason.", (string?)state["problems"]!.AsArray().Single());
    }

    [Fact]
    public async Task Events_bring_the_state_as_it_changes_and_end_with_the_server()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"), o => o.MaxWatchers = 1);
        using HttpResponseMessage stream = await app.Client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        Assert.Empty((await NextAsync(reader))!["answers"]!.AsArray());
        Assert.Equal((429, "too_many_watchers"), ((await app.GetAsync("/events")).Code, (await app.GetAsync("/events")).ErrorCode));
        await app.AskAsync("Hi");
        JsonNode? state;
        do
            state = await NextAsync(reader);
        while ((string?)state!["answers"]?.AsArray().FirstOrDefault()?["status"] != "answered");
        Task stopped = app.StopAsync();
        while (await NextAsync(reader) is not null)
        {
            // that it stops may still be told
        }
        await stopped;
    }

    private static async Task<JsonNode?> NextAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonNode.Parse(line[6..]);
        }
        return null;
    }
}
