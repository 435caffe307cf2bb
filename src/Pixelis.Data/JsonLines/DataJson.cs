using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Pixelis.Data;

/// <summary>
/// Readers of this library's records. Generated readers give a property that a line lacks the default of its type; these leave it what
/// the record itself says, so that a line holds only what it must.
/// </summary>
internal static class DataJson
{
    // Words for enumerations are a choice of the generator, which the options do not carry.
    private static readonly JsonSerializerOptions Options = new(DataJsonContext.Default.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), Converters = { new JsonStringEnumConverter() },
    };

    public static JsonTypeInfo<T> Reader<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
}
