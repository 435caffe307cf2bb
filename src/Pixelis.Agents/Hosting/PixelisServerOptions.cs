namespace Pixelis.Agents.Hosting;

/// <summary>An OpenAI-compatible server as an agent's model.</summary>
public sealed class PixelisServerOptions
{
    /// <summary>Base address with the version part, for example <c>http://127.0.0.1:8000/v1</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The model's name as the server knows it.</summary>
    public string? Model { get; set; }

    /// <summary>Sent as a bearer token; null (default) sends none. Keep it out of files: configuration also reads environment variables.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Azure's API version, see <see cref="ChatClients.OpenAICompatibleOptions.AzureApiVersion"/>; null (default) for other servers.</summary>
    public string? AzureApiVersion { get; set; }

    /// <summary>Longest wait for an answer to begin, and between two pieces of one. Default 2 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a request is tried again. Default 3; 0 never.</summary>
    public int MaxRetries { get; set; } = 3;
}
