using System.Globalization;
using System.Text.Json;

namespace Pixelis.Rewards;

/// <summary>Numbers of arguments, quoted or not: the tools read both.</summary>
internal static class WrittenNumber
{
    /// <summary>The number, or null for what is none.</summary>
    public static double? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out double number) => number,
        JsonValueKind.String when EpisodeCall.TextOf(value) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };
}
