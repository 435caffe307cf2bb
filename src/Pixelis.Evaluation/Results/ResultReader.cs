using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Pixelis.Evaluation;

/// <summary>
/// Readers of results. Generated readers give a property that a file lacks the default of its type; these leave it what the record
/// itself says, so that results of an earlier version, which lack what is new, compare as what they were.
/// </summary>
internal static class ResultReader
{
    public static JsonTypeInfo<T> Of<T>(JsonSerializerOptions options) =>
        (JsonTypeInfo<T>)new JsonSerializerOptions(options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver(), Converters = { new JsonStringEnumConverter() } }.GetTypeInfo(typeof(T));
}
