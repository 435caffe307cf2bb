using Microsoft.Extensions.DependencyInjection;
using Pixelis.Online.Health;
using Pixelis.Serving.Tests.Support;

namespace Pixelis.Serving.Tests.Health;

public class HealthTests
{
    [Fact]
    public async Task Health_is_the_servers_and_what_learns()
    {
        var monitor = new HealthMonitor();
        var state = HealthState.Healthy;
        monitor.Add("buffer", _ => ValueTask.FromResult(new ComponentHealth("", state, state == HealthState.Healthy ? "" : "the disk is full")));
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"), add: s => s.AddSingleton(monitor));
        Assert.Equal((200, """{"status":"healthy","parts":[{"name":"serving","status":"healthy"},{"name":"online","status":"healthy"}]}"""), await ReadAsync());
        state = HealthState.Degraded;
        Assert.Equal((200, "degraded"), await StatusAsync());
        state = HealthState.Unhealthy;
        Assert.Equal((503, "unhealthy"), await StatusAsync());
        Assert.Contains("buffer is unhealthy: the disk is full", (await ReadAsync()).Text, StringComparison.Ordinal);
        Assert.Equal("fine", (await app.AskAsync("Hi")).Answer); // it answers as long as it can

        async Task<(int Code, string Text)> ReadAsync()
        {
            Reply reply = await app.GetAsync("/health");
            return (reply.Code, reply.Text);
        }

        async Task<(int Code, string? Status)> StatusAsync()
        {
            Reply reply = await app.GetAsync("/health");
            return (reply.Code, (string?)reply.Json["status"]);
        }
    }

    [Fact]
    public async Task Metrics_count_requests_and_episodes()
    {
        await using ServedApp app = await ServedApp.StartAsync(Agents.PixelisAgent.Create().WithModel(new ToldModel("fine")).WithTelemetry().Build());
        await app.AskAsync("Hi");
        await app.PostAsync("/v1/chat/completions", "{");
        Reply metrics = await app.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", metrics.Message.Content.Headers.ContentType!.ToString());
        Assert.Contains("pixelis_serving_requests_total{http_response_status_code=\"200\",http_route=\"/v1/chat/completions\"}", metrics.Text, StringComparison.Ordinal);
        Assert.Contains("pixelis_serving_requests_total{http_response_status_code=\"400\",http_route=\"/v1/chat/completions\"}", metrics.Text, StringComparison.Ordinal);
        Assert.Contains("gen_ai_client_operation_duration_seconds_count{", metrics.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hi", metrics.Text.Replace("# HELP", "", StringComparison.Ordinal).Split("gen_ai")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_lies_under_a_groups_prefix()
    {
        await using ServedApp app = await ServedApp.StartAsync(Agents.PixelisAgent.Create().WithModel(new ToldModel("fine")).Build(), prefix: "/agent");
        Assert.Equal(200, (await app.GetAsync("/agent/v1/models")).Code);
        Assert.Equal(200, (await app.GetAsync("/agent/")).Code);
        Assert.Equal(404, (await app.GetAsync("/v1/models")).Code);
    }
}
