namespace Pixelis;

/// <summary>A piece of a message: text, an image or a video.</summary>
public abstract record ContentPart
{
    private protected ContentPart()
    {
    }
}

/// <summary>Text. It is data: characters that look like a model's special tokens stay characters.</summary>
/// <param name="Text">The text.</param>
public sealed record TextPart(string Text) : ContentPart;

/// <summary>An image.</summary>
/// <param name="Image">The pixels.</param>
public sealed record ImagePart(PixelImage Image) : ContentPart;

/// <summary>A video.</summary>
/// <param name="Clip">The sampled frames.</param>
public sealed record VideoPart(VideoClip Clip) : ContentPart;
