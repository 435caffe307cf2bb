using System.Text.Json.Serialization;

namespace Pixelis.Data;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    MaxDepth = 64,
    Converters = [typeof(SnakeCaseEnumConverter<TraceKind>), typeof(SnakeCaseEnumConverter<MediaKind>)],
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Example))]
[JsonSerializable(typeof(TrainingTrace))]
[JsonSerializable(typeof(FuseManifest))]
internal sealed partial class DataJsonContext : JsonSerializerContext;
