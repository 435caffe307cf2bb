using FsCheck;
using FsCheck.Fluent;

namespace Pixelis.Tools.Visual.Tests;

public class RegionAnalyzerTests
{
    private static readonly PixelImage Gray = Scenes.Draw(200, 160, (_, _) => (128, 128, 128));

    [Theory]
    [InlineData(20)]
    [InlineData(35)]
    [InlineData(60)]
    public void A_disc_has_the_measures_of_a_disc(double radius)
    {
        RegionProperties found = RegionAnalyzer.Measure(Gray, Scenes.Mask(200, 160, (x, y) => Scenes.InEllipse(x, y, 100, 80, radius, radius, 0)));
        Assert.Equal(Math.PI * radius * radius, found.Area, Math.PI * radius * radius * 0.02);
        Assert.Equal(100, found.CentroidX, 1e-9);
        Assert.Equal(80, found.CentroidY, 1e-9);
        Assert.Equal(2 * Math.PI * radius, found.Perimeter, 2 * Math.PI * radius * 0.03);
        Assert.InRange(found.Circularity, 0.94, 1.0);
        Assert.Equal(1, found.AspectRatio, 0.02);
        Assert.Equal(2 * radius, found.MajorAxis, radius * 0.05);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(-45)]
    [InlineData(75)]
    [InlineData(90)]
    public void A_turned_ellipse_has_its_angle_and_axes(double degrees)
    {
        RegionProperties found = RegionAnalyzer.Measure(Gray, Scenes.Mask(200, 160, (x, y) => Scenes.InEllipse(x, y, 100, 80, 60, 20, degrees)));
        Assert.Equal(0, Math.Sin((found.Orientation - degrees) * Math.PI / 180), 0.02);
        Assert.InRange(found.Orientation, -90 + 1e-9, 90);
        Assert.Equal(120, found.MajorAxis, 2.0);
        Assert.Equal(40, found.MinorAxis, 2.0);
        Assert.Equal(3, found.AspectRatio, 0.12);
        // Ramanujan's approximation of an ellipse's circumference.
        double h = 40.0 * 40 / (80.0 * 80), around = Math.PI * 80 * (1 + 3 * h / (10 + Math.Sqrt(4 - 3 * h)));
        Assert.Equal(around, found.Perimeter, around * 0.04);
    }

    [Fact]
    public void A_rectangle_has_its_exact_area_box_and_axes()
    {
        RegionProperties found = RegionAnalyzer.Measure(Gray, new PixelRect(30, 40, 80, 20));
        Assert.Equal(1600, found.Area);
        Assert.Equal(new PixelRect(30, 40, 80, 20), found.Box);
        Assert.Equal(69.5, found.CentroidX, 1e-9);
        Assert.Equal(49.5, found.CentroidY, 1e-9);
        Assert.Equal(4, found.AspectRatio, 1e-6); // second moments of an a x b rectangle are a^2/12 and b^2/12
        Assert.Equal(0, found.Orientation, 1e-9);
        Assert.Equal(200, found.Perimeter, 200 * 0.06);
        Assert.Equal(0, found.TextureEnergy, 1e-9);
        Assert.Equal(0, found.Contrast, 1e-9);
    }

    [Theory]
    [InlineData(0.0099, RelativeSize.Tiny)]
    [InlineData(0.01, RelativeSize.Small)]
    [InlineData(0.0499, RelativeSize.Small)]
    [InlineData(0.05, RelativeSize.Medium)]
    [InlineData(0.20, RelativeSize.Large)]
    [InlineData(0.4999, RelativeSize.Large)]
    [InlineData(0.50, RelativeSize.VeryLarge)]
    [InlineData(1.0, RelativeSize.VeryLarge)]
    public void Size_classes_begin_where_they_are_said_to(double fraction, RelativeSize expected)
    {
        PixelImage image = Scenes.Draw(100, 100, (_, _) => (0, 0, 0));
        int pixels = (int)Math.Round(fraction * 10_000);
        RegionProperties found = RegionAnalyzer.Measure(image, Scenes.Mask(100, 100, (x, y) => y * 100 + x < pixels));
        Assert.Equal(expected, found.RelativeSize);
    }

    [Theory]
    [InlineData(255, 0, 0, "red")]
    [InlineData(0, 160, 0, "green")]
    [InlineData(20, 40, 220, "blue")]
    [InlineData(250, 240, 30, "yellow")]
    [InlineData(255, 140, 0, "orange")]
    [InlineData(120, 70, 20, "brown")]
    [InlineData(255, 170, 190, "pink")]
    [InlineData(130, 30, 180, "purple")]
    [InlineData(0, 220, 220, "cyan")]
    [InlineData(0, 0, 0, "black")]
    [InlineData(255, 255, 255, "white")]
    [InlineData(128, 128, 128, "gray")]
    public void Colors_have_everyday_names(int r, int g, int b, string name)
    {
        RegionProperties found = RegionAnalyzer.Measure(Scenes.Draw(40, 30, (_, _) => (r, g, b)), new PixelRect(5, 5, 20, 20));
        Assert.Equal(new NamedColor((byte)r, (byte)g, (byte)b, name, 1), found.MeanColor);
        Assert.Equal(name, Assert.Single(found.DominantColors).Name);
    }

    [Fact]
    public void Dominant_colors_come_with_their_shares()
    {
        PixelImage flag = Scenes.Draw(100, 60, (x, _) => x < 50 ? (200, 20, 20) : x < 80 ? (250, 250, 250) : (20, 40, 200));
        IReadOnlyList<NamedColor> colors = RegionAnalyzer.Measure(flag, PixelRect.Of(flag)).DominantColors;
        Assert.Equal(["red", "white", "blue"], colors.Select(c => c.Name));
        Assert.Equal([0.5, 0.3, 0.2], colors.Select(c => Math.Round(c.Share, 9)));
    }

    [Fact]
    public void Contrast_is_the_color_difference_to_the_surroundings()
    {
        PixelImage image = Scenes.Draw(100, 100, (x, y) => x is >= 30 and < 70 && y is >= 30 and < 70 ? (255, 255, 255) : (0, 0, 0));
        Assert.Equal(100, RegionAnalyzer.Measure(image, new PixelRect(30, 30, 40, 40)).Contrast, 0.1); // L* of white less that of black
        Assert.Equal(0, RegionAnalyzer.Measure(image, PixelRect.Of(image)).Contrast);
    }

    [Fact]
    public void Texture_energy_of_a_ramp_is_its_squared_slope()
    {
        // Gray levels whose L* rises by about the same amount a column.
        PixelImage ramp = Scenes.Draw(60, 40, (x, _) => (100 + 2 * x, 100 + 2 * x, 100 + 2 * x));
        double energy = RegionAnalyzer.Measure(ramp, new PixelRect(5, 5, 50, 30)).TextureEnergy;
        Assert.InRange(energy, 0.7 * 0.7, 0.85 * 0.85);
        PixelImage noisy = Scenes.Draw(60, 40, (_, _) => (128, 128, 128), noise: 30);
        Assert.True(RegionAnalyzer.Measure(noisy, new PixelRect(5, 5, 50, 30)).TextureEnergy > 5 * energy);
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_named()
    {
        Assert.Equal("box", Assert.Throws<VisualArgumentException>(() => RegionAnalyzer.Measure(Gray, new PixelRect(500, 0, 10, 10))).Field);
        Assert.Equal("mask", Assert.Throws<VisualArgumentException>(() => RegionAnalyzer.Measure(Gray, Scenes.Mask(10, 10, (_, _) => true))).Field);
        Assert.Equal("mask", Assert.Throws<VisualArgumentException>(() => RegionAnalyzer.Measure(Gray, Scenes.Mask(200, 160, (_, _) => false))).Field);
    }

    [Fact]
    public void Any_mask_gives_finite_measures_within_their_ranges()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(
            Gen.ArrayOf(Gen.Elements<byte>(0, 1), 12 * 9).Where(a => a.Any(b => b == 1)).ToArbitrary(),
            bytes =>
            {
                PixelImage image = Scenes.Draw(12, 9, (x, y) => (x * 20, y * 25, 90), noise: 40);
                RegionProperties p = RegionAnalyzer.Measure(image, ObjectMask.Create(12, 9, bytes));
                return p.Area == bytes.Count(b => b == 1) && p.AspectRatio >= 1 - 1e-9 && double.IsFinite(p.AspectRatio)
                    && p.Circularity is > 0 and <= 1 && p.Orientation is > -90 and <= 90 && p.Box.Area >= p.Area
                    && p.DominantColors.Count is >= 1 and <= 5 && p.DominantColors.Sum(c => c.Share) <= 1 + 1e-9 && p.Contrast >= 0 && p.TextureEnergy >= 0;
            }));
    }
}
