using System.Text.Json.Serialization;

namespace Pixelis.Serving.Errors;

/// <summary>An error as OpenAI's clients read it.</summary>
internal sealed record ErrorDocument(ErrorDetail Error)
{
    public static ErrorDocument Of(ApiException problem) => new(new ErrorDetail(problem.Message, problem.Type, problem.Param, problem.Code));
}

/// <summary>What went wrong.</summary>
internal sealed record ErrorDetail(
    string Message,
    string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Code);
