using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Pixelis.Data;

/// <summary>
/// Readers of this library's records. Generated readers give a property that a line lacks the default of its type; these leave it what
/// the record itself says, so that a line holds only what it must.
/// </summary>
internal static class DataJson
{
    private static readonly JsonSerializerOptions Options = new(DataJsonContext.Default.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static JsonTypeInfo<T> Reader<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}
