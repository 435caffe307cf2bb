using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Pixelis.Serving.Tests.Support;

namespace Pixelis.Serving.Tests.Admission;

/// <summary>More requests than there is room for, clients that go away, and a server that stops.</summary>
public class LoadTests
{
    [Fact]
    public async Task Of_a_hundred_at_once_as_many_are_answered_as_there_is_room_for()
    {
        var gate = new TaskCompletionSource();
        var model = new ToldModel("fine") { Gate = gate.Task };
        await using ServedApp app = await ServedApp.StartAsync(model, o => (o.MaxEpisodes, o.MaxWaiting) = (2, 5));
        Task<Reply>[] asked = [.. Enumerable.Range(0, 100).Select(i => app.AskAsync(ServedApp.Question("Hi", stream: i % 2 == 0)))];
        await Until.TrueAsync(() => asked.Count(t => t.IsCompleted) == 93, "93 were sent away");
        await Until.TrueAsync(() => model.Started == 2, "two run");
        JsonElement server = JsonSerializer.Deserialize<JsonElement>((await app.GetAsync("/v1/online/state")).Text).GetProperty("server");
        Assert.Equal((2, 5), (server.GetProperty("running").GetInt32(), server.GetProperty("waiting").GetInt32()));
        Assert.Equal("degraded", (string?)(await app.GetAsync("/health")).Json["status"]);
        gate.SetResult();
        Reply[] replies = await Task.WhenAll(asked);
        foreach (Reply refused in replies.Where(r => r.Code != 200))
        {
            Assert.Equal((429, "server_busy"), (refused.Code, refused.ErrorCode));
            Assert.InRange(refused.Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }
        Assert.Equal(7, replies.Count(r => r.Code == 200 && (r.Text.Contains("[DONE]", StringComparison.Ordinal) || r.Answer == "fine")));
        Assert.Equal("healthy", (string?)(await app.GetAsync("/health")).Json["status"]);
        Assert.Equal("fine", (await app.AskAsync("Hi")).Answer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_goes_away_ends_its_episode_and_makes_room(bool stream)
    {
        var gate = new TaskCompletionSource();
        var model = new ToldModel("fine") { Gate = gate.Task };
        await using ServedApp app = await ServedApp.StartAsync(model, o => (o.MaxEpisodes, o.MaxWaiting) = (1, 1));
        using var running = new CancellationTokenSource();
        using var waiting = new CancellationTokenSource();
        Task first = SendAsync(app, stream, running.Token);
        await Until.TrueAsync(() => model.Started == 1, "the first runs");
        Task second = SendAsync(app, stream, waiting.Token);
        await Until.TrueAsync(() => Waiting(app) == 1, "the second waits");
        await waiting.CancelAsync();
        await Until.TrueAsync(() => Waiting(app) == 0, "the second left");
        await running.CancelAsync();
        await Until.TrueAsync(() => model.Ended == 1, "the first's episode ended");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetResult();
        Assert.Equal("fine", (await app.AskAsync("Hi")).Answer);
        Assert.Equal(2, model.Started); // the one that waited never ran
        Assert.Equal(["answered", "cancelled"], (await app.GetAsync("/v1/online/state")).Json["answers"]!.AsArray().Select(a => (string?)a!["status"]));
    }

    [Fact]
    public async Task Torn_and_slow_requests_harm_nobody()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"), o => (o.MaxEpisodes, o.MaxWaiting, o.BodyTimeout) = (1, 0, TimeSpan.FromSeconds(3)));
        int port = app.Client.BaseAddress!.Port;
        foreach (string begun in new[] { "POST /v1/chat/completions HTTP/1.1\r\n", "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"mod" })
        {
            using var client = new TcpClient("127.0.0.1", port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begun));
            client.Client.Close(0); // without a farewell
        }
        using var slow = new TcpClient("127.0.0.1", port);
        await slow.GetStream().WriteAsync("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
        using var reader = new StreamReader(slow.GetStream());
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync());
        await Until.TrueAsync(() => Running(app) + Waiting(app) == 0, "all places are free");
        Assert.Equal("fine", (await app.AskAsync("Hi")).Answer);
    }

    [Fact]
    public async Task When_it_stops_running_episodes_may_end_and_waiting_ones_are_told()
    {
        var gate = new TaskCompletionSource();
        var model = new ToldModel("fine") { Gate = gate.Task };
        await using ServedApp app = await ServedApp.StartAsync(model, o => (o.MaxEpisodes, o.MaxWaiting) = (1, 4));
        Task<Reply> running = app.AskAsync("Hi");
        await Until.TrueAsync(() => model.Started == 1, "one runs");
        Task<Reply> waiting = app.AskAsync("Hi");
        await Until.TrueAsync(() => Waiting(app) == 1, "one waits");
        Task stopped = app.StopAsync();
        Reply told = await waiting;
        Assert.Equal((503, "server_stopping"), (told.Code, told.ErrorCode));
        Assert.False(stopped.IsCompleted);
        gate.SetResult();
        Assert.Equal("fine", (await running).Answer);
        await stopped;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_still_runs_when_the_grace_is_over_is_cancelled_and_told(bool stream)
    {
        var model = new ToldModel("fine") { Gate = new TaskCompletionSource().Task }; // never
        await using ServedApp app = await ServedApp.StartAsync(model, o => o.ShutdownGrace = TimeSpan.FromMilliseconds(100));
        Task<Reply> running = app.AskAsync(ServedApp.Question("Hi", stream));
        await Until.TrueAsync(() => model.Started == 1, "one runs");
        await app.StopAsync();
        Reply told = await running;
        Assert.Equal((503, "server_stopping"), (told.Code, told.ErrorCode));
        Assert.Equal(1, model.Ended);
    }

    private static int Running(ServedApp app) => Slots(app).Running;

    private static int Waiting(ServedApp app) => Slots(app).Waiting;

    private static Serving.Admission.EpisodeSlots Slots(ServedApp app) => (Serving.Admission.EpisodeSlots)app.Services.GetService(typeof(Serving.Admission.EpisodeSlots))!;

    private static async Task SendAsync(ServedApp app, bool stream, CancellationToken cancellationToken)
    {
        using var content = new StringContent(JsonSerializer.Serialize(ServedApp.Question("Hi", stream)), Encoding.UTF8, "application/json");
        await app.Client.PostAsync("/v1/chat/completions", content, cancellationToken);
    }
}
