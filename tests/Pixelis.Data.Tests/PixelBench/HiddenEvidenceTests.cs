using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;
using Pixelis.Models.Qwen.Processing;

namespace Pixelis.Data.Tests.PixelBench;

/// <summary>What must not be seen in the model's first view, and must be in the crop.</summary>
public sealed class HiddenEvidenceTests
{
    private const int LargestDifference = 3; // levels of 255 in the shrunken view, rounding included

    [Theory]
    [InlineData(PixelBenchShift.None)]
    [InlineData(PixelBenchShift.All)]
    [InlineData(PixelBenchShift.All & ~PixelBenchShift.Engravings)]
    public void AnEngravingIsGoneInTheShrunkenViewAndPlainInTheCrop(PixelBenchShift shift)
    {
        foreach (char letter in Letters.All)
        {
            PixelImage with = Still(letter, shift), without = Still(null, shift);
            var processor = new QwenImageProcessor(new QwenImageProcessorOptions { MaxPixels = 112 * 112 });
            int left = Largest(processor.Resize(with), processor.Resize(without));
            Assert.True(left <= LargestDifference, $"{letter} shows in the first view by {left} levels");
            Assert.True(Largest(with, without) >= 35, $"{letter} does not show at full size");
        }
    }

    [Fact]
    public void AnEngravingOnAFrameIsGoneAtHalfSize()
    {
        PixelImage with = Frame('K'), without = Frame(null);
        var processor = new QwenImageProcessor(new QwenImageProcessorOptions { MaxPixels = 56 * 56 });
        int left = Largest(processor.Resize(with), processor.Resize(without));
        Assert.True(left <= LargestDifference, $"the letter shows in the first view by {left} levels");
        Assert.True(Largest(with, without) >= 40);
    }

    private static PixelImage Still(char? letter, PixelBenchShift shift)
    {
        var scene = new StillScene(new SceneRandom(5), shift);
        PlacedObject placed = scene.Place(6, "red", ShapeName.Square, 1);
        scene.Paint(placed);
        if (letter is { } drawn)
            scene.EngraveLetter(drawn, placed.X, placed.Y, 50);
        return scene.Canvas.ToImage();
    }

    private static PixelImage Frame(char? letter)
    {
        var canvas = new Canvas(112, 112);
        canvas.Paint(PolygonRasterizer.Fill([Shapes.Box(0, 0, 112, 112)]), new Rgb(128, 128, 128));
        canvas.Paint(PolygonRasterizer.Fill([Shapes.Box(15, 14, 97, 98)]), new Rgb(205, 55, 55));
        if (letter is { } drawn)
            canvas.Engrave(PolygonRasterizer.Fill(StrokeFont.Outline(drawn.ToString(), 40, 30, new TextStyle(50, 9))).Softened(), new Hatch(HatchKind.Checks, 48));
        return canvas.ToImage();
    }

    private static int Largest(PixelImage a, PixelImage b)
    {
        int largest = 0;
        for (int i = 0; i < a.Pixels.Length; i++)
            largest = Math.Max(largest, Math.Abs(a.Pixels.Span[i] - b.Pixels.Span[i]));
        return largest;
    }
}
