namespace Pixelis.Agents.ChatClients;

/// <summary>A model server that could not be reached, refused a request, or answered something that is not the protocol.</summary>
public sealed class RemoteModelException(string message, int? statusCode = null, Exception? innerException = null)
    : PixelisException(message, innerException)
{
    /// <summary>The HTTP status, when there was an answer.</summary>
    public int? StatusCode { get; } = statusCode;
}
