namespace Pixelis.Agents.ChatClients;

/// <summary>Where an OpenAI-compatible server is and how to talk to it.</summary>
public sealed record OpenAICompatibleOptions
{
    /// <summary>Base address, with the version part: <c>http://127.0.0.1:8000/v1</c> (vLLM), or an Azure deployment's address.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The model's name as the server knows it.</summary>
    public required string Model { get; init; }

    /// <summary>Sent as a bearer token; null (default) sends none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Sends <see cref="ApiKey"/> in the <c>api-key</c> header and this version in the query, as Azure wants it; null (default) for all others.</summary>
    public string? AzureApiVersion { get; init; }

    /// <summary>Longest wait for an answer to begin, and between two pieces of a streamed one. Default 2 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a request is tried again after a 408, 429 or 5xx answer or a broken connection. Default 3; 0 never.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Wait before the first retry; doubled each time unless the server's <c>Retry-After</c> says more. Default 0.5 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Most bytes of one answer. Default 16 MiB.</summary>
    public int MaxResponseBytes { get; init; } = 16 * 1024 * 1024;
}
