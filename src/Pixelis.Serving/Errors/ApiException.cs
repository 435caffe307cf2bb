namespace Pixelis.Serving.Errors;

/// <summary>A request that is refused, as the client is told.</summary>
internal sealed class ApiException(int status, string message, string? param = null, string? code = null) : Exception(message)
{
    public int Status => status;

    /// <summary>The field at fault; null where it is none.</summary>
    public string? Param => param;

    /// <summary>The problem in one word, for programs.</summary>
    public string? Code => code;

    /// <summary>When to try again; null for never.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The kind of problem, in OpenAI's words.</summary>
    public string Type => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        409 => "conflict_error",
        429 => "rate_limit_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };

    public static ApiException Invalid(string message, string? param, string? code = null) => new(400, message, param, code);
}
