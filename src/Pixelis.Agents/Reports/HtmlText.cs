using System.Globalization;
using System.Net;

namespace Pixelis.Agents;

/// <summary>Text for HTML pages; everything a model or tool wrote passes through here.</summary>
internal static class HtmlText
{
    private const int Longest = 20_000;

    /// <summary>The text with everything escaped that means something in HTML, in elements and in quoted attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>As <see cref="Escape"/>; what is longer than a reader would read is cut off and said to be.</summary>
    public static string EscapeShort(string text) => text.Length <= Longest
        ? Escape(text)
        : string.Create(CultureInfo.InvariantCulture, $"{Escape(text[..Longest])}... ({text.Length:N0} characters in all)");

    public static string Seconds(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.#} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");
}
