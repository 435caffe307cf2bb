using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Pixelis.Serving.Errors;

namespace Pixelis.Serving;

/// <summary>Reads a request's body as one JSON object, within bounds of size, depth and time.</summary>
internal sealed class JsonBody(ServingSettings settings)
{
    private const int MaxDepth = 32;

    /// <exception cref="ApiException">Not JSON, not an object, too large, too slow, or not said to be JSON.</exception>
    public async Task<JsonDocument> ReadAsync(HttpContext http)
    {
        // A page of another site can send forms and plain text here without asking, but not this type.
        if (!http.Request.HasJsonContentType())
            throw new ApiException(415, "The body must be JSON: send the header 'Content-Type: application/json'.", code: "unsupported_media_type");
        long limit = settings.Options.MaxRequestBytes;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit;
        if (http.Request.ContentLength > limit)
            throw TooLarge(limit);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        timer.CancelAfter(settings.Options.BodyTimeout);
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
            JsonDocument document = await JsonDocument.ParseAsync(http.Request.Body, options, timer.Token);
            if (document.RootElement.ValueKind == JsonValueKind.Object && Utf8.IsValid(JsonMarshal.GetRawUtf8Value(document.RootElement)))
                return document;
            document.Dispose();
            throw ApiException.Invalid("The body must be a JSON object in UTF-8.", null, "invalid_json");
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is { } line ? $" (line {line + 1}, byte {e.BytePositionInLine})" : "";
            throw ApiException.Invalid($"The body is not valid JSON{place}; at most {MaxDepth} levels and no name twice in an object are read.", null, "invalid_json");
        }
        catch (InvalidOperationException) // half a character in a name, which the search for doubles reads
        {
            throw ApiException.Invalid("A name in the body is not well-formed Unicode.", null, "invalid_json");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == 413)
        {
            throw TooLarge(limit);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            throw new ApiException(408, $"The body did not arrive within {settings.Options.BodyTimeout.TotalSeconds:0.#} s.", code: "request_timeout");
        }
    }

    private static ApiException TooLarge(long limit) =>
        new(413, $"The body is larger than {limit} bytes, the most this server takes; send smaller or fewer pictures.", code: "request_too_large");
}
