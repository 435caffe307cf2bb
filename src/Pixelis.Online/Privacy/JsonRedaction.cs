using System.Buffers;
using System.Text.Json;

namespace Pixelis.Online.Privacy;

/// <summary>JSON whose strings and names of properties are redacted. Numbers, true, false and null stay as they were written.</summary>
internal static class JsonRedaction
{
    /// <summary>The same element when nothing was found in it.</summary>
    public static JsonElement Redact(IRedactor redactor, JsonElement element)
    {
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String))
            return element;
        var buffer = new ArrayBufferWriter<byte>();
        bool changed = false;
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(element, json);
        if (!changed)
            return element;
        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();

        string Text(string text)
        {
            RedactedText redacted = redactor.Redact(text);
            changed |= redacted.IsChanged;
            return redacted.Text;
        }

        void Write(JsonElement value, Utf8JsonWriter json)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    json.WriteStartObject();
                    foreach (JsonProperty property in value.EnumerateObject())
                    {
                        json.WritePropertyName(Text(property.Name));
                        Write(property.Value, json);
                    }
                    json.WriteEndObject();
                    break;
                case JsonValueKind.Array:
                    json.WriteStartArray();
                    foreach (JsonElement item in value.EnumerateArray())
                        Write(item, json);
                    json.WriteEndArray();
                    break;
                case JsonValueKind.String:
                    json.WriteStringValue(Text(value.GetString()!));
                    break;
                default:
                    value.WriteTo(json);
                    break;
            }
        }
    }
}
