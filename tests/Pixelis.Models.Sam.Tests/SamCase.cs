using Pixelis.TestKit;

namespace Pixelis.Models.Sam.Tests;

/// <summary>The golden case and pictures that tests share.</summary>
internal static class SamCase
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Cases", "tiny");

    public static ExpectedTensors Expected { get; } = new(Path.Combine(Folder, "expected.safetensors"));

    /// <summary>The picture of the golden case: a disc about (18, 14) and a bar.</summary>
    public static PixelImage Picture { get; } = PixelImage.Create(50, 37, PixelFormat.Rgb24, Expected.Bytes("image"));

    /// <summary>Any picture of a size.</summary>
    public static PixelImage Pattern(int width, int height, int seed = 1)
    {
        var pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)((i / 3 % width * 5) + (i / 3 / width * 3 * seed) + (i % 3 * 70));
        return PixelImage.Create(width, height, PixelFormat.Rgb24, pixels);
    }

    /// <summary>Fails where numbers differ by more than a tolerance, and says by how much.</summary>
    public static void Close(float[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
            worst = Math.Max(worst, double.IsNaN(actual[i]) ? double.PositiveInfinity : Math.Abs(expected[i] - actual[i]));
        Assert.True(worst <= tolerance, $"The largest difference is {worst:g3}, over {tolerance:g3}.");
    }
}
