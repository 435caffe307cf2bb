using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Data;

/// <summary>Writes an enum's names in lower case with underscores: <c>self_correction</c>.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
