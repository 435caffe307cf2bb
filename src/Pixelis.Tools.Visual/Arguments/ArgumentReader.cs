using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Tools.Visual;

/// <summary>Reads what a model wrote into an argument record; every failure becomes a sentence the model can act on.</summary>
internal static class ArgumentReader
{
    public static readonly JsonSerializerOptions Serializer = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 16,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The record, or null and a message.</summary>
    public static TArguments? TryRead<TArguments>(JsonElement arguments, out string problem)
        where TArguments : class
    {
        try
        {
            TArguments? read = arguments.ValueKind == JsonValueKind.Object ? arguments.Deserialize<TArguments>(Serializer) : null;
            problem = read is null ? "The arguments must be a JSON object." : "";
            return read;
        }
        catch (JsonException e)
        {
            string where = e.Path is { Length: > 2 } path ? $"Argument '{path[2..]}'" : "The arguments";
            problem = Missing(e) ?? $"{where} cannot be read: {Reason(e)}";
            return null;
        }
    }

    private static string? Missing(JsonException e) =>
        e.Message.Contains("required", StringComparison.Ordinal) && e.Message.LastIndexOf(": ", StringComparison.Ordinal) is >= 0 and int at
            ? $"Missing argument: {e.Message[(at + 2)..].TrimEnd('.')}."
            : null;

    private static string Reason(JsonException e)
    {
        int end = e.Message.IndexOf(" Path:", StringComparison.Ordinal);
        string text = end < 0 ? e.Message : e.Message[..end];
        return text.Length <= 200 ? text : text[..200];
    }
}
