namespace Pixelis.Data.Drawing;

/// <summary>
/// A fine pattern of lighter and darker pixels whose mean is zero: there at full size, gone when the picture is shrunk by a whole number.
/// The checks' period is two pixels and their phase that of the picture: the finest pattern there is, so nothing of it survives a good
/// filter; and patches that begin at even pixels all see it alike, so a model that looks at patches can learn it as easily as plain ink.
/// </summary>
/// <param name="Kind">Checks or bricks.</param>
/// <param name="Amplitude">How much lighter and darker.</param>
internal readonly record struct Hatch(HatchKind Kind, int Amplitude)
{
    /// <summary>+<see cref="Amplitude"/> or -<see cref="Amplitude"/> at a pixel.</summary>
    public int At(int x, int y)
    {
        int index = Kind switch { HatchKind.Checks => x + y, HatchKind.Across => (x >> 1) + y, _ => x + (y >> 1) };
        return (index & 1) == 0 ? Amplitude : -Amplitude;
    }
}
