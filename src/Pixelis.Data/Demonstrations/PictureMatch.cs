namespace Pixelis.Data.Demonstrations;

/// <summary>Compares pictures pixel by pixel.</summary>
internal static class PictureMatch
{
    /// <summary>Whether a picture is the part of another that starts at a place.</summary>
    public static bool IsPartAt(PixelImage part, PixelImage whole, int left, int top)
    {
        if (left < 0 || top < 0 || left + part.Width > whole.Width || top + part.Height > whole.Height || part.Channels != whole.Channels)
            return false;
        int channels = part.Channels;
        for (int y = 0; y < part.Height; y++)
        {
            if (!part.Row(y).SequenceEqual(whole.Row(top + y).Slice(left * channels, part.Width * channels)))
                return false;
        }
        return true;
    }
}
