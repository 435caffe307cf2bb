using System.Net;
using System.Net.Http.Headers;
using Pixelis.Agents;
using Pixelis.Serving.Tests.Support;

namespace Pixelis.Serving.Tests.Access;

public class AccessTests
{
    private const string Key = "0123456789abcdef-key", Other = "another-key-of-enough-length";

    private static readonly string[] Guarded = ["/v1/models", "/v1/models/told", "/v1/review", "/v1/review/1", "/v1/online/state", "/events", "/metrics", "/v1/nothing"];

    [Fact]
    public async Task With_keys_nothing_is_told_without_one()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"), Keys);
        foreach (string? header in new[] { null, "Bearer", "Bearer ", "Bearer wrong", $"Basic {Key}", $"Bearer {Key}x", Key, "Bearer " + new string('a', 100_00) })
        {
            app.Client.DefaultRequestHeaders.Remove("Authorization");
            if (header is not null)
                app.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
            foreach (string path in Guarded)
            {
                Reply refused = await app.GetAsync(path);
                Assert.Equal((401, "invalid_api_key"), (refused.Code, refused.ErrorCode));
                Assert.Equal("Bearer", refused.Message.Headers.WwwAuthenticate.Single().Scheme);
            }
            Assert.Equal(401, (await app.AskAsync("Hi")).Code);
            Assert.Equal(401, (await app.PostAsync("/v1/feedback", "{}")).Code);
            Assert.Equal(401, (await app.PostAsync("/v1/review/1", "{}")).Code);
        }
        Assert.Equal("""{"status":"healthy"}""", (await app.GetAsync("/health")).Text); // and not how its parts are
        Assert.Equal(200, (await app.GetAsync("/")).Code);
    }

    [Theory]
    [InlineData("Bearer " + Key)]
    [InlineData("bearer " + Other)]
    public async Task Any_key_opens_it(string header)
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"), Keys);
        app.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        Assert.Equal("fine", (await app.AskAsync("Hi")).Answer);
        Assert.Equal(2, (await app.GetAsync("/health")).Json["parts"]!.AsArray().Count);
    }

    [Fact]
    public async Task Where_there_are_administrators_other_keys_ask_and_see_nothing_of_others()
    {
        const string Admin = "the-key-of-an-administrator";
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"), o =>
        {
            Keys(o);
            o.AdminKeys.Add(Admin);
        });
        app.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Assert.Equal("fine", (await app.AskAsync("Hi")).Answer);
        Assert.Equal(200, (await app.GetAsync("/v1/models")).Code);
        Assert.Equal("feedback_off", (await app.PostAsync("/v1/feedback", "{}")).ErrorCode);
        foreach (string path in new[] { "/v1/review", "/v1/review/1", "/v1/online/state", "/events", "/metrics" })
        {
            Reply refused = await app.GetAsync(path);
            Assert.Equal((path, 403, "admin_key_needed"), (path, refused.Code, refused.ErrorCode));
        }
        Assert.Equal("admin_key_needed", (await app.PostAsync("/v1/review/1", "{}")).ErrorCode);
        Assert.Equal("""{"status":"healthy"}""", (await app.GetAsync("/health")).Text);

        app.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Admin);
        Assert.Equal("fine", (await app.AskAsync("Hi")).Answer);
        Assert.Equal("review_off", (await app.GetAsync("/v1/review")).ErrorCode);
        Assert.Equal(200, (await app.GetAsync("/v1/online/state")).Code);
        Assert.Equal(200, (await app.GetAsync("/metrics")).Code);
        Assert.Equal(2, (await app.GetAsync("/health")).Json["parts"]!.AsArray().Count);
    }

    [Fact]
    public async Task Without_keys_only_this_machine_by_its_own_name_is_answered()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"));
        int port = app.Client.BaseAddress!.Port;
        foreach ((string host, int status) in new[] { ($"localhost:{port}", 200), ($"127.0.0.1:{port}", 200), ("[::1]", 200), ("127.1.2.3", 200), ("evil.example", 403), ($"localhost.evil.example:{port}", 403), ("10.0.0.1", 403) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Host = host } };
            Assert.Equal((host, status), (host, (int)(await app.Client.SendAsync(request)).StatusCode));
        }
        using var page = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        Assert.Equal(403, (int)(await app.Client.SendAsync(page)).StatusCode);
    }

    [NetworkFact]
    public async Task Without_keys_other_machines_are_refused_wherever_it_listens()
    {
        PixelisAgent agent = PixelisAgent.Create().WithModel(new ToldModel("fine")).Build();
        await using ServedApp app = await ServedApp.StartAsync(agent, address: IPAddress.Any);
        int port = new Uri(app.Address).Port;
        Reply refused = await Reply.ReadAsync(await app.Client.GetAsync($"http://{NetworkFactAttribute.OwnAddress}:{port}/v1/models"));
        Assert.Equal((403, "local_only"), (refused.Code, refused.ErrorCode));
        Assert.Equal(200, (int)(await app.Client.GetAsync($"http://127.0.0.1:{port}/v1/models")).StatusCode);
        await using ServedApp open = await ServedApp.StartAsync(agent, o => o.AllowsAnonymous = true, address: IPAddress.Any);
        Assert.Equal(200, (int)(await open.Client.GetAsync($"http://{NetworkFactAttribute.OwnAddress}:{new Uri(open.Address).Port}/v1/models")).StatusCode);
    }

    [Fact]
    public async Task Requests_of_a_key_have_a_rate_of_their_own()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"), o =>
        {
            Keys(o);
            o.RequestsPerMinute = 1;
        });
        Reply[] first = [await AsAsync(app, Key), await AsAsync(app, Key)];
        Assert.Equal([200, 429], first.Select(r => r.Code));
        Assert.Equal("rate_limit_exceeded", first[1].ErrorCode);
        Assert.InRange(first[1].Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal((200, 429), ((await AsAsync(app, Other)).Code, (await AsAsync(app, Other)).Code));
        Assert.Equal((401, 429), ((await AsAsync(app, "guess-1")).Code, (await AsAsync(app, "guess-2")).Code)); // guesses count by address
        Assert.Equal(200, (await app.GetAsync("/health")).Code);
    }

    [Fact]
    public async Task Settings_out_of_range_are_told_when_the_host_starts_and_no_key_is_quoted()
    {
        var problem = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => ServedApp.StartAsync(new ToldModel(""), o =>
        {
            o.ApiKeys.Add("short-secret");
            (o.MaxEpisodes, o.MaxTokens) = (0, 0);
        }));
        Assert.Contains("ApiKeys must be", problem.Message, StringComparison.Ordinal);
        Assert.Contains("MaxEpisodes must be", problem.Message, StringComparison.Ordinal);
        Assert.Contains("MaxTokens must be", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    private static void Keys(PixelisServingOptions options)
    {
        options.ApiKeys.Add(Key);
        options.ApiKeys.Add(Other);
    }

    private static async Task<Reply> AsAsync(ServedApp app, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        return await Reply.ReadAsync(await app.Client.SendAsync(request));
    }
}
