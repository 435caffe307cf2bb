namespace Pixelis.Tools.Visual;

/// <summary>What to read, and how.</summary>
public sealed record TextReadingOptions
{
    /// <summary>The part of the picture to read, in its pixels; it is cut at the edges. Null (default): all of it.</summary>
    public PixelRect? Region { get; init; }

    /// <summary>Language in tesseract's names, several joined by a plus sign: <c>eng</c> (default), <c>deu+fra</c>.</summary>
    public string Language { get; init; } = "eng";

    /// <summary>Whether text that lies on its side or upside down is looked for when upright reading fails. Default: true.</summary>
    public bool FindOrientation { get; init; } = true;
}
