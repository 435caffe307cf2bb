using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pixelis.Models.Qwen.Chat;

/// <summary>
/// Writes JSON as the published templates do (Python's json.dumps without ASCII escapes): a space after commas and colons, keys in
/// given order, numbers in Python's shortest form. Models have seen this spelling only.
/// </summary>
internal static class PythonJson
{
    /// <summary>The text of a value.</summary>
    public static string Write(JsonElement value)
    {
        var builder = new StringBuilder();
        Write(value, builder);
        return builder.ToString();
    }

    /// <summary>The text of a string, quoted.</summary>
    public static string Write(string value)
    {
        var builder = new StringBuilder(value.Length + 2);
        Write(value, builder);
        return builder.ToString();
    }

    private static void Write(JsonElement value, StringBuilder output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output);
                break;
            case JsonValueKind.Array:
                string separator = "";
                output.Append('[');
                foreach (JsonElement item in value.EnumerateArray())
                {
                    output.Append(separator);
                    Write(item, output);
                    separator = ", ";
                }
                output.Append(']');
                break;
            case JsonValueKind.String:
                Write(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                output.Append(WriteNumber(value.GetRawText()));
                break;
            default:
                output.Append(value.ValueKind switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => "null" });
                break;
        }
    }

    // A repeated key keeps its first place and its last value, as in a Python dictionary.
    private static void WriteObject(JsonElement value, StringBuilder output)
    {
        var members = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject())
            members[property.Name] = property.Value;
        string separator = "";
        output.Append('{');
        foreach ((string name, JsonElement member) in members)
        {
            output.Append(separator);
            Write(name, output);
            output.Append(": ");
            Write(member, output);
            separator = ", ";
        }
        output.Append('}');
    }

    private static void Write(string value, StringBuilder output)
    {
        output.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append(@"\\"),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                '\f' => output.Append("\\f"),
                '\b' => output.Append("\\b"),
                < ' ' => output.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => output.Append(c),
            };
        }
        output.Append('"');
    }

    private static string WriteNumber(string raw)
    {
        bool isInteger = raw.AsSpan().IndexOfAny(".eE") < 0;
        if (isInteger)
            return raw == "-0" ? "0" : raw;
        double value = double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value))
            return value > 0 ? "Infinity" : "-Infinity";
        return WriteDouble(value);
    }

    // Python's repr: the shortest digits that read back the same, as a plain number for decimal exponents from -4 to 15.
    private static string WriteDouble(double value)
    {
        string sign = double.IsNegative(value) ? "-" : "";
        if (value == 0)
            return sign + "0.0";
        (string digits, int exponent) = ShortestDigits(Math.Abs(value));
        if (exponent is < -4 or >= 16)
        {
            string mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
        }
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        string whole = digits.Length > exponent + 1 ? digits[..(exponent + 1)] : digits.PadRight(exponent + 1, '0');
        return $"{sign}{whole}.{(digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0")}";
    }

    // The digits without zeros around them, and the decimal exponent of the first: 0.0125 is ("125", -2).
    private static (string Digits, int Exponent) ShortestDigits(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponentMark = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = exponentMark < 0 ? 0 : int.Parse(text.AsSpan(exponentMark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = exponentMark < 0 ? text : text[..exponentMark];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        string significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), exponent - (digits.Length - significant.Length));
    }
}
