namespace Pixelis.Data.Drawing;

/// <summary>
/// A fine pattern of lighter and darker pixels whose mean is zero: plain to see at full size, gone when the picture is shrunk by a
/// multiple of the pattern's period, whatever the phase.
/// </summary>
/// <param name="Kind">Checks or lines.</param>
/// <param name="Cell">Pixels of one light or dark piece; the period is twice that.</param>
/// <param name="Amplitude">How much lighter and darker.</param>
/// <param name="PhaseX">Shift to the right.</param>
/// <param name="PhaseY">Shift downwards.</param>
internal readonly record struct Hatch(HatchKind Kind, int Cell, int Amplitude, int PhaseX, int PhaseY)
{
    /// <summary>+<see cref="Amplitude"/> or -<see cref="Amplitude"/> at a pixel.</summary>
    public int At(int x, int y)
    {
        int column = (x + PhaseX) / Cell, row = (y + PhaseY) / Cell;
        int index = Kind switch { HatchKind.Checks => column + row, HatchKind.Rows => row, _ => column };
        return (index & 1) == 0 ? Amplitude : -Amplitude;
    }
}
