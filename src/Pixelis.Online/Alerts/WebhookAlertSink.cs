using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Online.Alerts;

/// <summary>
/// Posts alerts as JSON to an address that was configured; nothing is sent anywhere unless one is made. It holds the rule's name, metric, value and
/// threshold: no content, person or tenant. Follows no redirection.
/// </summary>
public sealed class WebhookAlertSink : IAlertSink, IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _address;

    /// <summary>Makes one.</summary>
    /// <param name="address">An absolute http or https address.</param>
    /// <param name="timeout">How long a post may take; null for 5 s. Alerts behind it wait as long.</param>
    /// <param name="handler">What sends; null for the system's, without redirections. It stays its owner's.</param>
    /// <exception cref="ArgumentException">Another kind of address, or a timeout that is not positive.</exception>
    public WebhookAlertSink(Uri address, TimeSpan? timeout = null, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException($"A webhook's address is an absolute http or https address, not '{address}'.", nameof(address));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout ?? TimeSpan.MaxValue, TimeSpan.Zero);
        _address = address;
        _client = new HttpClient(handler ?? new HttpClientHandler { AllowAutoRedirect = false }, disposeHandler: handler is null)
        {
            Timeout = timeout ?? TimeSpan.FromSeconds(5),
        };
    }

    /// <inheritdoc />
    /// <exception cref="HttpRequestException">It could not be sent, or was not accepted.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public async ValueTask SendAsync(Alert alert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var body = new WebhookAlert(
            alert.Rule.Name, alert.Rule.Metric, alert.Value, alert.Rule.Threshold, alert.Rule.Severity.ToString().ToLowerInvariant(),
            alert.IsResolved ? "resolved" : "raised", alert.Time, alert.ToString());
        using HttpResponseMessage response = await _client.PostAsJsonAsync(_address, body, WebhookJson.Default.WebhookAlert, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();
}

internal sealed record WebhookAlert(string Rule, string Metric, double Value, double Threshold, string Severity, string State, DateTimeOffset Time, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(WebhookAlert))]
internal sealed partial class WebhookJson : JsonSerializerContext;
