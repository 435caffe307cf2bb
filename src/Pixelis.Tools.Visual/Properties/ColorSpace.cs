namespace Pixelis.Tools.Visual.Properties;

/// <summary>sRGB to CIE L*a*b* (D65), and names for colours.</summary>
internal static class ColorSpace
{
    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(ToLinear)];

    internal static (double L, double A, double B) ToLab(double red, double green, double blue)
    {
        double r = LinearOf(red), g = LinearOf(green), b = LinearOf(blue);
        double x = F((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
        double y = F(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
        double z = F((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
        return (116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    internal static double Difference((double L, double A, double B) p, (double L, double A, double B) q) =>
        Math.Sqrt((p.L - q.L) * (p.L - q.L) + (p.A - q.A) * (p.A - q.A) + (p.B - q.B) * (p.B - q.B));

    /// <summary>
    /// The name of a colour: by hue, unless it has hardly any. Brown is dark orange or yellow, pink is light red or purple: words
    /// that no hue alone decides.
    /// </summary>
    internal static string Name(byte red, byte green, byte blue)
    {
        (double l, double a, double b) = ToLab(red, green, blue);
        double chroma = Math.Sqrt(a * a + b * b);
        if (chroma < 12 || l < 8)
            return l < 15 ? "black" : l < 40 ? "dark gray" : l < 70 ? "gray" : l < 92 ? "light gray" : "white";
        (double hue, double saturation, double value) = Hsv(red, green, blue);
        if (hue is < 15 or >= 345)
            return l > 65 && saturation < 0.65 ? "pink" : "red";
        if (hue < 45)
            return value < 0.65 || (saturation < 0.55 && l < 60) ? "brown" : "orange";
        if (hue < 70)
            return l < 45 ? "brown" : "yellow";
        if (hue < 165)
            return "green";
        if (hue < 200)
            return "cyan";
        if (hue < 260)
            return "blue";
        return hue < 310 ? "purple" : l > 55 ? "pink" : "purple";
    }

    private static (double Hue, double Saturation, double Value) Hsv(byte red, byte green, byte blue)
    {
        double max = Math.Max(red, Math.Max(green, blue)), min = Math.Min(red, Math.Min(green, blue)), range = max - min;
        if (range == 0)
            return (0, 0, max / 255);
        double sector = max == red ? (green - blue) / range : max == green ? 2 + (blue - red) / range : 4 + (red - green) / range;
        return ((sector * 60 + 360) % 360, range / max, max / 255);
    }

    private static double LinearOf(double value)
    {
        int low = Math.Clamp((int)value, 0, 254);
        return Linear[low] + (Linear[low + 1] - Linear[low]) * (value - low);
    }

    private static double ToLinear(int value)
    {
        double c = value / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }

    private static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}
