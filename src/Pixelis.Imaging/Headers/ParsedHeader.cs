namespace Pixelis.Imaging.Headers;

/// <summary>A header, and whether the file is long enough for the picture it promises.</summary>
/// <param name="Info">Size, format and orientation.</param>
/// <param name="MostPixels">
/// The largest picture the remaining bytes could possibly hold under the format's compression; decoders refuse more, so that a
/// few bytes cannot claim hundreds of megabytes.
/// </param>
internal readonly record struct ParsedHeader(ImageInfo Info, long MostPixels = long.MaxValue);
