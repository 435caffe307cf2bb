using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Pixelis.Agents.ChatClients;

/// <summary>Sends requests to an OpenAI-compatible server, and again what may pass.</summary>
internal sealed class OpenAITransport(OpenAICompatibleOptions options, HttpClient http, Uri address)
{
    private const int QuotedCharacters = 500;

    /// <summary>Sends a request until it succeeds.</summary>
    /// <returns>A successful response whose body has not been read.</returns>
    /// <exception cref="RemoteModelException">Refused, unreachable or silent, as often as it may be tried.</exception>
    public async Task<HttpResponseMessage> SendAsync(string json, ReplyDeadline deadline)
    {
        TimeSpan backoff = options.RetryDelay;
        for (int attempt = 0; ; attempt++)
        {
            bool last = attempt >= options.MaxRetries;
            HttpResponseMessage? response = await TrySendAsync(json, last, deadline);
            if (response is { IsSuccessStatusCode: true })
                return response;
            TimeSpan wait = backoff;
            if (response is not null)
            {
                using (response)
                {
                    TimeSpan asked = RetryAfter(response);
                    if (last || !MayPass(response.StatusCode) || asked > options.Timeout)
                        throw await RefusedAsync(response, asked, deadline);
                    wait = asked > wait ? asked : wait;
                }
            }
            await Task.Delay(wait, deadline.Caller);
            backoff = backoff * 2 < options.Timeout ? backoff * 2 : options.Timeout;
        }
    }

    private async Task<HttpResponseMessage?> TrySendAsync(string json, bool last, ReplyDeadline deadline)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (options.ApiKey is { } key && options.AzureApiVersion is not null)
            request.Headers.Add("api-key", key);
        else if (options.ApiKey is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            deadline.Restart();
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        }
        catch (HttpRequestException e)
        {
            return last ? throw new RemoteModelException($"{address.Host}:{address.Port} cannot be reached: {e.Message}", innerException: e) : null;
        }
        catch (OperationCanceledException e) when (!deadline.Caller.IsCancellationRequested)
        {
            return last ? throw new RemoteModelException($"{address.Host} did not answer within {options.Timeout.TotalSeconds:0.#} s.", innerException: e) : null;
        }
    }

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    // A span of seconds or a date, as the server likes.
    private static TimeSpan RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > DateTimeOffset.UtcNow => date - DateTimeOffset.UtcNow,
        _ => TimeSpan.Zero,
    };

    private async Task<RemoteModelException> RefusedAsync(HttpResponseMessage response, TimeSpan asked, ReplyDeadline deadline)
    {
        string text = await BeginningAsync(response, deadline);
        string later = asked > options.Timeout ? $" It asks to be tried again in {asked.TotalSeconds:0} s, longer than the {options.Timeout.TotalSeconds:0.#} s that are waited." : "";
        return new RemoteModelException($"{address.Host} answered {(int)response.StatusCode}: {text}{later}", (int)response.StatusCode);
    }

    // Only what is quoted is read: a refusal may be as long as the server likes, or never end.
    private static async Task<string> BeginningAsync(HttpResponseMessage response, ReplyDeadline deadline)
    {
        var characters = new char[QuotedCharacters];
        int count = 0;
        try
        {
            deadline.Restart();
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(deadline.Token), Encoding.UTF8);
            for (int n; count < QuotedCharacters && (n = await reader.ReadAsync(characters.AsMemory(count), deadline.Token)) > 0;)
                count += n;
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !deadline.Caller.IsCancellationRequested))
        {
            // The status says enough.
        }
        return new string(characters, 0, count);
    }
}
