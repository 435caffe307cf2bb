using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Pixelis.Tools.Visual;

/// <summary>Makes the JSON schema a model is shown from an argument record: names, types, descriptions, which are required.</summary>
internal static class ArgumentSchema
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    public static JsonElement For<TArguments>(JsonSerializerOptions serializer)
    {
        JsonNode schema = serializer.GetJsonSchemaAsNode(typeof(TArguments), Options);
        return JsonSerializer.SerializeToElement(schema);
    }

    // Optional members are nullable in C#; a model need not know that null is an option beside leaving them out.
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
            return node;
        if (schema["type"] is JsonArray types)
        {
            string?[] named = [.. types.Select(t => t?.GetValue<string>()).Where(t => t != "null")];
            if (named.Contains("number") || named.Contains("integer"))
                named = [.. named.Where(t => t != "string")];
            schema["type"] = named.Length == 1 ? named[0] : new JsonArray([.. named.Select(n => (JsonNode?)n)]);
        }
        schema.Remove("pattern");
        if (schema["enum"] is JsonArray values)
        {
            for (int i = values.Count - 1; i >= 0; i--)
            {
                if (values[i] is null)
                    values.RemoveAt(i);
            }
            schema["type"] ??= "string";
        }
        schema.Remove("default");
        ICustomAttributeProvider? source = context.PropertyInfo?.AttributeProvider;
        if (source?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) is [DescriptionAttribute text, ..])
            schema.Insert(0, "description", text.Description);
        return schema;
    }
}
