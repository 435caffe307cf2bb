using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pixelis.Rewards;

/// <summary>
/// Arguments in one spelling, so that two ways to write the same call compare equal: as the tools read them, which ignore the case of names
/// and take numbers in quotes. A member that no tool knows still makes another call.
/// </summary>
internal static class CanonicalArguments
{
    public static string Of(JsonElement arguments)
    {
        var text = new StringBuilder();
        try
        {
            Write(text, arguments);
        }
        catch (InvalidOperationException)
        {
            return arguments.GetRawText(); // half a surrogate pair, which System.Text.Json reads but will not give out
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                // A key that is written twice counts as last written, as every reader of the arguments takes it.
                var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (JsonProperty member in value.EnumerateObject())
                    members[member.Name.ToLowerInvariant()] = member.Value;
                WriteAll(text, '{', members, (t, m) => Write(t.Append('"').Append(JsonEncodedText.Encode(m.Key)).Append("\":"), m.Value), '}');
                break;
            case JsonValueKind.Array:
                WriteAll(text, '[', value.EnumerateArray(), Write, ']');
                break;
            case JsonValueKind.Number or JsonValueKind.String when WrittenNumber.Of(value) is { } number:
                text.Append(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.String:
                text.Append('"').Append(JsonEncodedText.Encode(value.GetString()!)).Append('"');
                break;
            case JsonValueKind.Undefined:
                text.Append("{}"); // a call without arguments
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, char open, IEnumerable<T> items, Action<StringBuilder, T> write, char close)
    {
        text.Append(open);
        bool first = true;
        foreach (T item in items)
        {
            if (!first)
                text.Append(',');
            first = false;
            write(text, item);
        }
        text.Append(close);
    }
}
