using System.Text.Json.Nodes;
using Pixelis.Serving.Tests.Support;
using Pixelis.TestKit;

namespace Pixelis.Serving.Tests.Clients;

/// <summary>OpenAI's own client for node, talking to the server.</summary>
[Collection(TinyAgentCollection.Name)]
public class OpenAIClientTests(TinyAgent tiny)
{
    private const string Key = "key-of-openai's-client";

    [OpenAIClientFact]
    public async Task It_lists_models()
    {
        JsonNode result = await RunAsync("models");
        Assert.Equal("""{"ids":["tiny"],"one":"tiny"}""", result.ToJsonString());
    }

    [OpenAIClientFact]
    public async Task It_gets_the_same_answer_whole_streamed_and_put_together()
    {
        await using ServedApp app = await StartAsync();
        JsonNode whole = await RunAsync("whole", app), stream = await RunAsync("stream", app), helper = await RunAsync("helper", app);
        Assert.NotEqual("", (string?)whole["text"]);
        Assert.Equal((string?)whole["text"], (string?)stream["text"]);
        Assert.Equal((string?)whole["text"], (string?)helper["text"]);
        Assert.Equal((string?)whole["text"], (string?)helper["final"]);
        Assert.Equal(("length", "length", "length"), ((string?)whole["finish"], (string?)stream["finish"], (string?)helper["finish"]));
        Assert.Equal(whole["usage"]!.ToJsonString(), stream["usage"]!.ToJsonString());
        Assert.Equal(5, (int)whole["usage"]!["completion_tokens"]!);
        Assert.Equal(32, ((string)whole["trace"]!).Length);
        Assert.Equal((string?)whole["trace"], (string?)whole["named"]);
    }

    [OpenAIClientFact]
    public async Task It_shows_a_picture()
    {
        JsonNode result = await RunAsync("image");
        Assert.True((int)result["with"]! > (int)result["without"]!);
    }

    [OpenAIClientFact]
    public async Task It_understands_every_error()
    {
        JsonNode result = await RunAsync("errors");
        Assert.Equal(("AuthenticationError", 401, "invalid_api_key"), Of("key"));
        Assert.Equal(("NotFoundError", 404, "model_not_found"), Of("model"));
        Assert.Equal(("BadRequestError", 400, "image_url_not_fetched"), Of("image"));
        Assert.Equal(("BadRequestError", 400, "invalid_value"), Of("range"));
        Assert.Equal(("BadRequestError", 400, "unsupported_parameter"), Of("streamed"));
        Assert.Equal(("NotFoundError", 404, "unknown_url"), Of("unknown"));
        Assert.Equal("messages[0].content[0].image_url.url", (string?)result["image"]!["param"]);
        Assert.Contains("fetches no pictures", (string?)result["image"]!["message"], StringComparison.Ordinal);

        (string?, int, string?) Of(string name) => ((string?)result[name]!["kind"], (int)result[name]!["status"]!, (string?)result[name]!["code"]);
    }

    [OpenAIClientFact]
    public async Task When_it_goes_away_the_episode_ends()
    {
        await using ServedApp app = await StartAsync();
        Assert.True((bool)(await RunAsync("abort", app))["aborted"]!);
        var slots = (Serving.Admission.EpisodeSlots)app.Services.GetService(typeof(Serving.Admission.EpisodeSlots))!;
        await Until.TrueAsync(() => slots.Running == 0, "its place is free");
    }

    private Task<ServedApp> StartAsync() => ServedApp.StartAsync(tiny.Agent, o => o.ApiKeys.Add(Key));

    private async Task<JsonNode> RunAsync(string what)
    {
        await using ServedApp app = await StartAsync();
        return await RunAsync(what, app);
    }

    private static async Task<JsonNode> RunAsync(string what, ServedApp app)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Clients", "openai", "client.cjs");
        var environment = new Dictionary<string, string?> { ["NODE_PATH"] = OpenAIClientFactAttribute.Modules, ["OPENAI_LOG"] = null };
        ChildResult result = await ChildProcess.RunAsync(OpenAIClientFactAttribute.Node!, [script, what, app.Address + "/v1", Key, Pictures.Url()], environment: environment);
        return JsonNode.Parse(result.Succeeded().Output)!;
    }
}
