namespace Pixelis.Data.Drawing;

/// <summary>Outlines of shapes. Centres and sizes are in pixels, corners come out in 64ths.</summary>
internal static class Shapes
{
    private const int CircleCorners = 48;

    /// <summary>A shape that fits a circle or square of a half size.</summary>
    public static Contour Of(ShapeName shape, int centerX, int centerY, int half) => shape switch
    {
        ShapeName.Square => Corners(centerX, centerY, half, [(-9, -9), (9, -9), (9, 9), (-9, 9)], 10),
        ShapeName.Circle => Ring(centerX, centerY, half, CircleCorners),
        ShapeName.Triangle => Corners(centerX, centerY, half, [(0, -10), (10, 8), (-10, 8)], 10),
        ShapeName.Diamond => Corners(centerX, centerY, half, [(0, -1), (1, 0), (0, 1), (-1, 0)], 1),
        ShapeName.Cross => Corners(centerX, centerY, half,
            [(-1, -3), (1, -3), (1, -1), (3, -1), (3, 1), (1, 1), (1, 3), (-1, 3), (-1, 1), (-3, 1), (-3, -1), (-1, -1)], 3),
        ShapeName.Star => Star(centerX, centerY, half),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Unknown shape."),
    };

    /// <summary>An upright rectangle.</summary>
    public static Contour Box(int left, int top, int right, int bottom)
    {
        (int x0, int y0, int x1, int y1) = (left * Contour.Unit, top * Contour.Unit, right * Contour.Unit, bottom * Contour.Unit);
        return new Contour([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]);
    }

    /// <summary>A circle as a regular polygon.</summary>
    public static Contour Ring(int centerX, int centerY, int radius, int corners) =>
        Radial(centerX, centerY, Enumerable.Repeat(radius * Contour.Unit, corners).ToArray(), 0);

    /// <summary>A closed outline from distances to its centre.</summary>
    /// <param name="centerX">Centre in pixels.</param>
    /// <param name="centerY">Centre in pixels.</param>
    /// <param name="radii">Distances in 64ths of a pixel at equal steps of angle.</param>
    /// <param name="turn">Where the first corner lies, in 1024ths of a turn.</param>
    public static Contour Radial(int centerX, int centerY, int[] radii, int turn)
    {
        var corners = new (int, int)[radii.Length];
        for (int i = 0; i < radii.Length; i++)
        {
            int angle = turn + i * Angle.Turn / radii.Length;
            int x = centerX * Contour.Unit + (int)((long)radii[i] * Angle.Cos(angle) / Angle.One);
            int y = centerY * Contour.Unit + (int)((long)radii[i] * Angle.Sin(angle) / Angle.One);
            corners[i] = (x, y);
        }
        return new Contour(corners);
    }

    /// <summary>An irregular shape: bays and spikes about a mean radius; its extent says little about its area.</summary>
    /// <param name="random">Draws the outline.</param>
    /// <param name="centerX">Centre in pixels.</param>
    /// <param name="centerY">Centre in pixels.</param>
    /// <param name="least">Least radius in pixels.</param>
    /// <param name="most">Largest radius in pixels.</param>
    /// <param name="lobes">How many spikes.</param>
    public static Contour Irregular(SceneRandom random, int centerX, int centerY, int least, int most, int lobes)
    {
        var radii = new int[lobes * 4];
        int low = least * Contour.Unit, span = (most - least) * Contour.Unit;
        for (int lobe = 0; lobe < lobes; lobe++)
        {
            int spike = span / 2 + random.Next(span / 2), bay = random.Next(span / 3);
            radii[4 * lobe] = low + spike;
            radii[4 * lobe + 1] = low + (spike + bay) / 2;
            radii[4 * lobe + 2] = low + bay;
            radii[4 * lobe + 3] = low + bay + (span - bay) / 4;
        }
        return Radial(centerX, centerY, radii, random.Next(Angle.Turn));
    }

    private static Contour Star(int centerX, int centerY, int half)
    {
        var radii = new int[10];
        for (int i = 0; i < 10; i++)
            radii[i] = half * Contour.Unit * (i % 2 == 0 ? 100 : 42) / 100;
        return Radial(centerX, centerY, radii, -Angle.Turn / 4);
    }

    private static Contour Corners(int centerX, int centerY, int half, (int X, int Y)[] pattern, int scale) => new(
        [.. pattern.Select(p => (centerX * Contour.Unit + p.X * half * Contour.Unit / scale, centerY * Contour.Unit + p.Y * half * Contour.Unit / scale))]);
}
