using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Pixelis.Agents.ChatClients;

/// <summary>
/// An <see cref="IChatClient"/> over any server that speaks OpenAI's chat completions: vLLM, llama.cpp's server, Azure.
/// Retries what may pass, gives up with <see cref="RemoteModelException"/>. Thread-safe.
/// </summary>
public sealed class OpenAICompatibleClient : IChatClient
{
    private readonly OpenAICompatibleOptions _options;
    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly Uri _address;

    /// <summary>Makes a client.</summary>
    /// <param name="options">Where the server is.</param>
    /// <param name="http">The HTTP client to use, which stays the caller's; null makes one.</param>
    public OpenAICompatibleClient(OpenAICompatibleOptions options, HttpClient? http = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _ownsHttp = http is null;
        _http = http ?? new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        string address = options.Endpoint.ToString().TrimEnd('/') + "/chat/completions";
        _address = new Uri(options.AzureApiVersion is { } version ? $"{address}?api-version={Uri.EscapeDataString(version)}" : address);
    }

    /// <inheritdoc />
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        JsonObject body = OpenAIRequest.Create(_options.Model, messages, options, stream: false);
        using var deadline = new Deadline(_options.Timeout, cancellationToken);
        using HttpResponseMessage response = await SendAsync(body, HttpCompletionOption.ResponseHeadersRead, deadline, cancellationToken);
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using JsonDocument document = await ParseAsync(stream, deadline, cancellationToken);
        return OpenAIResponse.ReadWhole(document.RootElement);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        JsonObject body = OpenAIRequest.Create(_options.Model, messages, options, stream: true);
        using var deadline = new Deadline(_options.Timeout, cancellationToken);
        using HttpResponseMessage response = await SendAsync(body, HttpCompletionOption.ResponseHeadersRead, deadline, cancellationToken);
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var calls = new OpenAIToolCallPieces();
        long read = 0;
        while (await ReadLineAsync(reader, deadline, cancellationToken) is { } line)
        {
            if ((read += line.Length) > _options.MaxResponseBytes)
                throw new RemoteModelException($"{_address.Host} sent more than {_options.MaxResponseBytes} bytes.");
            if (!line.StartsWith("data:", StringComparison.Ordinal))
                continue;
            string data = line[5..].Trim();
            if (data == "[DONE]")
                yield break;
            using JsonDocument piece = Parse(data);
            if (OpenAIResponse.ReadPiece(piece.RootElement, calls) is { } update)
                yield return update;
        }
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ChatClientMetadata))
            return new ChatClientMetadata("openai-compatible", _options.Endpoint, _options.Model);
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_ownsHttp)
            _http.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(JsonObject body, HttpCompletionOption completion, Deadline deadline, CancellationToken cancellationToken)
    {
        string json = body.ToJsonString();
        TimeSpan delay = _options.RetryDelay;
        for (int attempt = 0; ; attempt++)
        {
            bool last = attempt >= _options.MaxRetries;
            HttpResponseMessage? response = await TrySendAsync(json, completion, last, deadline, cancellationToken);
            if (response is { IsSuccessStatusCode: true })
                return response;
            if (response is not null)
            {
                if (last || !MayPass(response.StatusCode))
                    throw await RefusedAsync(response, cancellationToken);
                if (response.Headers.RetryAfter?.Delta is { } asked && asked > delay)
                    delay = asked < _options.Timeout ? asked : _options.Timeout;
                response.Dispose();
            }
            await Task.Delay(delay, cancellationToken);
            delay *= 2;
        }
    }

    private async Task<HttpResponseMessage?> TrySendAsync(string json, HttpCompletionOption completion, bool last, Deadline deadline, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (_options.ApiKey is { } key && _options.AzureApiVersion is not null)
            request.Headers.Add("api-key", key);
        else if (_options.ApiKey is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            deadline.Restart();
            return await _http.SendAsync(request, completion, deadline.Token);
        }
        catch (HttpRequestException e)
        {
            return last ? throw new RemoteModelException($"{_address.Host}:{_address.Port} cannot be reached: {e.Message}", innerException: e) : null;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return last ? throw TooSlow(e) : null;
        }
    }

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private async Task<RemoteModelException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using (response)
        {
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            return new RemoteModelException($"{_address.Host} answered {(int)response.StatusCode}: {(text.Length <= 500 ? text : text[..500])}", (int)response.StatusCode);
        }
    }

    private async Task<JsonDocument> ParseAsync(Stream stream, Deadline deadline, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        try
        {
            for (int n; (n = await stream.ReadAsync(chunk, deadline.Token)) > 0; deadline.Restart())
            {
                buffer.Write(chunk, 0, n);
                if (buffer.Length > _options.MaxResponseBytes)
                    throw new RemoteModelException($"{_address.Host} sent more than {_options.MaxResponseBytes} bytes.");
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(e);
        }
        return Parse(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private async Task<string?> ReadLineAsync(StreamReader reader, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            deadline.Restart();
            return await reader.ReadLineAsync(deadline.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(e);
        }
        catch (IOException e)
        {
            throw new RemoteModelException($"{_address.Host} broke off its answer: {e.Message}", innerException: e);
        }
    }

    private RemoteModelException TooSlow(Exception e) => new($"{_address.Host} did not answer within {_options.Timeout.TotalSeconds:0.#} s.", innerException: e);

    private JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException e)
        {
            throw new RemoteModelException($"{_address.Host} sent something that is not JSON: {e.Message}", innerException: e);
        }
    }

    // The time allowed for the next thing to happen; starts anew with every piece that arrives.
    private sealed class Deadline(TimeSpan span, CancellationToken outer) : IDisposable
    {
        private CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(outer);

        public CancellationToken Token => _source.Token;

        public void Restart()
        {
            if (_source.IsCancellationRequested && !outer.IsCancellationRequested)
            {
                _source.Dispose();
                _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
            }
            _source.CancelAfter(span);
        }

        public void Dispose() => _source.Dispose();
    }
}
