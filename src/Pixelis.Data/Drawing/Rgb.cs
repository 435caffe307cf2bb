namespace Pixelis.Data.Drawing;

/// <summary>A colour.</summary>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour with each channel moved by up to <paramref name="most"/>, kept between 60 and 195 so that a hatch fits on top.</summary>
    public Rgb Jitter(SceneRandom random, int most) =>
        new(Moved(Red, random, most), Moved(Green, random, most), Moved(Blue, random, most));

    private static byte Moved(byte value, SceneRandom random, int most) => (byte)Math.Clamp(value + random.Between(-most, most), 60, 195);
}
