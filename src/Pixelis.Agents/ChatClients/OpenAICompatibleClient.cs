using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Pixelis.Agents.ChatClients;

/// <summary>
/// An <see cref="IChatClient"/> over any server that speaks OpenAI's chat completions: vLLM, llama.cpp's server, Azure.
/// Retries what may pass, gives up with <see cref="RemoteModelException"/>. Once an answer has begun it is not asked for again. Follows
/// no redirection. Thread-safe.
/// </summary>
public sealed class OpenAICompatibleClient : IChatClient
{
    private readonly OpenAICompatibleOptions _options;
    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly Uri _address;
    private readonly OpenAITransport _transport;

    /// <summary>Makes a client.</summary>
    /// <param name="options">Where the server is.</param>
    /// <param name="http">The HTTP client to use, which stays the caller's; null makes one.</param>
    public OpenAICompatibleClient(OpenAICompatibleOptions options, HttpClient? http = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _ownsHttp = http is null;
        _http = http ?? MakeHttp();
        string address = options.Endpoint.ToString().TrimEnd('/') + "/chat/completions";
        _address = new Uri(options.AzureApiVersion is { } version ? $"{address}?api-version={Uri.EscapeDataString(version)}" : address);
        _transport = new OpenAITransport(options, _http, _address);
    }

    /// <inheritdoc />
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        string body = OpenAIRequest.Create(_options.Model, messages, options, stream: false).ToJsonString();
        using var deadline = new ReplyDeadline(_options.Timeout, cancellationToken);
        using HttpResponseMessage response = await _transport.SendAsync(body, deadline);
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await ReadWholeAsync(new ReplyReader(stream, _address.Host, _options, deadline));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string body = OpenAIRequest.Create(_options.Model, messages, options, stream: true).ToJsonString();
        using var deadline = new ReplyDeadline(_options.Timeout, cancellationToken);
        using HttpResponseMessage response = await _transport.SendAsync(body, deadline);
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var reader = new ReplyReader(stream, _address.Host, _options, deadline);
        if (response.Content.Headers.ContentType?.MediaType == "application/json") // a server that does not stream
        {
            foreach (ChatResponseUpdate update in (await ReadWholeAsync(reader)).ToChatResponseUpdates())
                yield return update;
            yield break;
        }
        var calls = new OpenAIToolCallPieces();
        bool finished = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("data:", StringComparison.Ordinal))
                continue;
            string data = line[5..].Trim();
            if (data == "[DONE]")
            {
                finished = true;
                break;
            }
            using JsonDocument piece = Parse(data);
            if (OpenAIResponse.ReadPiece(piece.RootElement, calls, _address.Host) is not { } update)
                continue;
            finished |= update.FinishReason is not null;
            yield return update;
        }
        if (!finished)
            throw new RemoteModelException($"{_address.Host} ended its answer before saying that it was complete.");
        if (calls.Take() is { Count: > 0 } left)
            yield return new ChatResponseUpdate(ChatRole.Assistant, [.. left]);
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

    private static HttpClient MakeHttp()
    {
        // A redirection could carry the key elsewhere; a connection that lives for ever misses changes of address.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private async Task<ChatResponse> ReadWholeAsync(ReplyReader reader)
    {
        using JsonDocument document = Parse(await reader.ReadAllAsync());
        return OpenAIResponse.ReadWhole(document.RootElement, _address.Host);
    }

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
}
