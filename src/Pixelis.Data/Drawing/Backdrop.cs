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
        int cell = canvas.Width / random.Between(4, 9), angle = random.Next(Angle.Turn), phase = random.Next(256);
        int[] lattice = [.. Enumerable.Range(0, 16 * 16).Select(_ => random.Next(256))];
        byte[] tones = Ramp(from, to);
        var levels = new int[canvas.Width];
        for (int y = 0; y < canvas.Height; y++)
        {
            switch (form)
            {
                case 0: Array.Fill(levels, 128); break;
                case 1: Slope(levels, y, angle); break;
                case 2: Clouds(levels, lattice, y, cell); break;
                case 3: Bands(levels, y, cell, angle, phase); break;
                case 4: Checks(levels, y, cell); break;
                default: Crosshatch(levels, y, cell); break;
            }
            Span<byte> row = canvas.Row(y);
            for (int x = 0; x < levels.Length; x++)
                tones.AsSpan(3 * Math.Clamp(levels[x], 0, 255), 3).CopyTo(row.Slice(3 * x, 3));
        }
    }

    private static byte[] Ramp(Rgb from, Rgb to)
    {
        var ramp = new byte[3 * 256];
        for (int level = 0; level < 256; level++)
        {
            ramp[3 * level] = Between(from.Red, to.Red, level);
            ramp[3 * level + 1] = Between(from.Green, to.Green, level);
            ramp[3 * level + 2] = Between(from.Blue, to.Blue, level);
        }
        return ramp;
    }

    // Greys with a hint of colour, neither as dark as black nor as light as white objects.
    private static (Rgb, Rgb) Tones(SceneRandom random, bool shifted)
    {
        int middle = shifted ? random.Between(100, 150) : random.Between(112, 142), spread = random.Between(4, 16);
        var tint = new Rgb((byte)middle, (byte)middle, (byte)middle).Jitter(random, shifted ? 18 : 10);
        return (Lighter(tint, -spread), Lighter(tint, spread));
    }

    private static Rgb Lighter(Rgb c, int by) => new((byte)(c.Red + by), (byte)(c.Green + by), (byte)(c.Blue + by));

    private static void Slope(int[] levels, int y, int angle)
    {
        int size = levels.Length, stepX = 180 * Angle.Cos(angle) / size, start = 90 * ((2 * y - size) * Angle.Sin(angle) / size - Angle.Cos(angle));
        for (int x = 0; x < size; x++)
            levels[x] = 128 + ((start + x * stepX) >> 14);
    }

    private static void Bands(int[] levels, int y, int cell, int angle, int phase)
    {
        // In 256ths of an angle step, so that one step a pixel is exact enough.
        int scale = Angle.Turn * 128 / cell, along = (int)((long)y * Angle.Sin(angle) * scale >> 14), step = (int)((long)Angle.Cos(angle) * scale >> 14);
        for (int x = 0; x < levels.Length; x++, along += step)
            levels[x] = 128 + (110 * Angle.Sin((along >> 8) + phase * 4) >> 14);
    }

    private static void Checks(int[] levels, int y, int cell)
    {
        for (int x = 0; x < levels.Length; x++)
            levels[x] = (x / cell + y / cell) % 2 == 0 ? 64 : 192;
    }

    private static void Crosshatch(int[] levels, int y, int cell)
    {
        for (int x = 0; x < levels.Length; x++)
            levels[x] = 128 + ((x + y) % cell < cell / 4 ? 60 : 0) - ((x - y + 4096) % cell < cell / 4 ? 60 : 0);
    }

    // Value noise: a lattice of levels, straight lines between them.
    private static void Clouds(int[] levels, int[] lattice, int y, int cell)
    {
        int row = y / cell, fy = y % cell;
        for (int column = 0; column * cell < levels.Length; column++)
        {
            int from = Mixed(column), to = Mixed(column + 1), end = Math.Min(cell, levels.Length - column * cell);
            for (int fx = 0; fx < end; fx++)
                levels[column * cell + fx] = (from * (cell - fx) + to * fx) / cell;
        }

        int Mixed(int column) => (Level(lattice, column, row) * (cell - fy) + Level(lattice, column, row + 1) * fy) / cell;
    }

    private static int Level(int[] lattice, int column, int row) => lattice[(row & 15) * 16 + (column & 15)];

    private static byte Between(int from, int to, int mix) => (byte)((from * (256 - mix) + to * mix) >> 8);
}
