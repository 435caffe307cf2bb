namespace Pixelis.Data.Drawing;

/// <summary>What lies behind the objects: dull tones in large, soft forms, so that saturated objects stand out from all of them.</summary>
internal static class Backdrop
{
    private const int Forms = 4;

    /// <summary>Paints a whole canvas.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="random">Draws form, tones and places.</param>
    /// <param name="shifted">Forms that the usual scenes do not have.</param>
    public static void Paint(Canvas canvas, SceneRandom random, bool shifted)
    {
        (Rgb from, Rgb to) = Tones(random, shifted);
        int form = shifted ? Forms + random.Next(2) : random.Next(Forms);
        int cell = canvas.Width / random.Between(4, 9);
        int angle = random.Next(Angle.Turn), phase = random.Next(256);
        int[] lattice = [.. Enumerable.Range(0, 16 * 16).Select(_ => random.Next(256))];
        for (int y = 0; y < canvas.Height; y++)
        {
            Span<byte> row = canvas.Row(y);
            for (int x = 0; x < canvas.Width; x++)
            {
                int mix = form switch
                {
                    0 => 128,
                    1 => Slope(x, y, canvas.Width, angle),
                    2 => Clouds(lattice, x, y, cell),
                    3 => Bands(x, y, cell, angle, phase),
                    4 => (x / cell + y / cell) % 2 == 0 ? 64 : 192,
                    _ => (Clouds(lattice, x, y, cell) + Bands(x, y, cell / 2 + 1, angle, phase)) / 2,
                };
                row[3 * x] = Between(from.Red, to.Red, mix);
                row[3 * x + 1] = Between(from.Green, to.Green, mix);
                row[3 * x + 2] = Between(from.Blue, to.Blue, mix);
            }
        }
    }

    // Greys with a hint of colour, neither as dark as black nor as light as white objects.
    private static (Rgb, Rgb) Tones(SceneRandom random, bool shifted)
    {
        int middle = shifted ? random.Between(100, 150) : random.Between(112, 142), spread = random.Between(4, 16);
        var tint = new Rgb((byte)middle, (byte)middle, (byte)middle).Jitter(random, shifted ? 18 : 10);
        return (Lighter(tint, -spread), Lighter(tint, spread));
    }

    private static Rgb Lighter(Rgb c, int by) => new((byte)(c.Red + by), (byte)(c.Green + by), (byte)(c.Blue + by));

    private static int Slope(int x, int y, int size, int angle) =>
        128 + (int)(((long)(2 * x - size) * Angle.Cos(angle) + (long)(2 * y - size) * Angle.Sin(angle)) * 90 / ((long)size * Angle.One));

    private static int Bands(int x, int y, int cell, int angle, int phase)
    {
        int along = (int)(((long)x * Angle.Cos(angle) + (long)y * Angle.Sin(angle)) >> 14);
        return 128 + 110 * Angle.Sin(along * Angle.Turn / (2 * cell) + phase * 4) / Angle.One;
    }

    // Value noise: a lattice of levels, straight lines between them.
    private static int Clouds(int[] lattice, int x, int y, int cell)
    {
        int column = x / cell, row = y / cell, fx = x % cell, fy = y % cell;
        int upper = Level(lattice, column, row) * (cell - fx) + Level(lattice, column + 1, row) * fx;
        int lower = Level(lattice, column, row + 1) * (cell - fx) + Level(lattice, column + 1, row + 1) * fx;
        return (upper * (cell - fy) + lower * fy) / (cell * cell);
    }

    private static int Level(int[] lattice, int column, int row) => lattice[(row & 15) * 16 + (column & 15)];

    private static byte Between(int from, int to, int mix) => (byte)((from * (256 - mix) + to * mix) >> 8);
}
