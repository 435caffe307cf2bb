using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Pixelis.Online.Alerts;

namespace Pixelis.Online.Tests.Alerts;

public class AlertSinkTests
{
    private static readonly Alert Raised = new(AlertRules.Default[1], 0.25, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), IsResolved: false);

    [Fact]
    public async Task The_log_sink_logs_by_severity()
    {
        var logger = new ListLogger();
        var sink = new LogAlertSink(logger);
        await sink.SendAsync(Raised);
        await sink.SendAsync(Raised with { Rule = AlertRules.Default[2] });
        await sink.SendAsync(Raised with { IsResolved = true });
        Assert.Equal([LogLevel.Critical, LogLevel.Warning, LogLevel.Information], logger.Lines.Select(l => l.Level));
        Assert.Equal("Alert index-failures: index_failure_share is 0.25, above 0.1.", logger.Lines[0].Text);
        Assert.Equal("Alert index-failures: index_failure_share is back at 0.25.", logger.Lines[2].Text);
    }

    [Fact]
    public async Task The_webhook_sink_posts_what_happened_and_no_more()
    {
        var handler = new Handler(_ => new HttpResponseMessage(HttpStatusCode.NoContent));
        using var sink = new WebhookAlertSink(new Uri("https://alerts.example.org/hook"), handler: handler);
        await sink.SendAsync(Raised);
        Assert.Equal("POST https://alerts.example.org/hook", handler.Request);
        using JsonDocument body = JsonDocument.Parse(handler.Body!);
        Assert.Equal(["rule", "metric", "value", "threshold", "severity", "state", "time", "text"], body.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("critical", "raised"), (body.RootElement.GetProperty("severity").GetString(), body.RootElement.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_webhook_that_refuses_or_redirects_is_a_failure()
    {
        foreach (HttpStatusCode status in new[] { HttpStatusCode.InternalServerError, HttpStatusCode.Found })
        {
            using var sink = new WebhookAlertSink(new Uri("http://127.0.0.1/hook"), handler: new Handler(_ => new HttpResponseMessage(status)));
            await Assert.ThrowsAsync<HttpRequestException>(() => sink.SendAsync(Raised).AsTask());
        }
    }

    [Fact]
    public async Task A_webhook_that_does_not_answer_is_given_up()
    {
        using var sink = new WebhookAlertSink(new Uri("http://127.0.0.1/hook"), TimeSpan.FromMilliseconds(50), new Handler(null));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sink.SendAsync(Raised).AsTask());
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/")]
    public void Only_http_addresses_are_taken(string address) => Assert.Throws<ArgumentException>(() => new WebhookAlertSink(new Uri(address)));

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage>? answer) : HttpMessageHandler
    {
        public string? Request { get; private set; }

        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Request = $"{request.Method} {request.RequestUri}";
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            if (answer is null)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return answer!(request);
        }
    }

    private sealed class ListLogger : ILogger
    {
        public List<(LogLevel Level, string Text)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, formatter(state, exception)));
    }
}
