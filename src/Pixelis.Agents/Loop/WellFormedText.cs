using System.Text;

namespace Pixelis.Agents.Loop;

/// <summary>
/// Text without halves of surrogate pairs. Neither UTF-8 nor JSON can hold one, so what the model reads and what the record
/// says would differ from it.
/// </summary>
internal static class WellFormedText
{
    /// <summary>The text, with U+FFFD for each half of a pair that stands alone.</summary>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>The first characters of a text, one fewer where the cut would go through a pair.</summary>
    public static string Start(string text, int length) =>
        text.Length <= length ? text : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
