using System.Globalization;
using System.Net;
using System.Text;

namespace Pixelis.Training;

/// <summary>Curves over steps as inline SVG.</summary>
internal static class CurveChart
{
    private const int Width = 560;
    private const int Height = 240;
    private const int Left = 56;
    private const int Bottom = 28;
    private const int Top = 12;

    /// <summary>Draws; nothing when no curve has points.</summary>
    /// <param name="page">Receives the markup.</param>
    /// <param name="title">Its heading.</param>
    /// <param name="curves">The curves; those without points are left out.</param>
    /// <param name="fromZero">Whether the axis begins at 0.</param>
    public static void Append(StringBuilder page, string title, IEnumerable<Curve> curves, bool fromZero = false)
    {
        Curve[] drawn = [.. curves.Where(c => c.Points.Count > 0).Select(c => c.Thinned(400))];
        if (drawn.Length == 0)
            return;
        (double X, double Y)[] all = [.. drawn.SelectMany(c => c.Points)];
        (double firstX, double lastX) = (all.Min(p => p.X), all.Max(p => p.X));
        (double low, double high) = (fromZero ? Math.Min(0, all.Min(p => p.Y)) : all.Min(p => p.Y), all.Max(p => p.Y));
        if (high <= low)
            high = low + 1;
        page.Append("<figure><figcaption>").Append(WebUtility.HtmlEncode(title)).Append("</figcaption>")
            .Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\">");
        for (int i = 0; i <= 4; i++)
        {
            double y = low + ((high - low) * i / 4);
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - 8}\" y1=\"{PlaceY(y):F1}\" y2=\"{PlaceY(y):F1}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{PlaceY(y) + 4:F1}\" text-anchor=\"end\">{y:G3}</text>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - 8}\">{firstX:F0}</text>")
            .Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - 8}\" y=\"{Height - 8}\" text-anchor=\"end\">step {lastX:F0}</text>");
        for (int i = 0; i < drawn.Length; i++)
            AppendCurve(page, drawn[i], i);
        page.Append("</svg>");
        if (drawn.Length > 1)
        {
            page.Append("<p class=\"legend\">");
            for (int i = 0; i < drawn.Length; i++)
                page.Append(CultureInfo.InvariantCulture, $"<span class=\"c{i % 6}\">&#9632; {WebUtility.HtmlEncode(drawn[i].Name)}</span> ");
            page.Append("</p>");
        }

        page.Append("</figure>");

        double PlaceX(double x) => Left + ((Width - 8 - Left) * (lastX > firstX ? (x - firstX) / (lastX - firstX) : 0.5));
        double PlaceY(double y) => Height - Bottom - ((Height - Bottom - Top) * (y - low) / (high - low));
        void AppendCurve(StringBuilder to, Curve curve, int index)
        {
            to.Append(CultureInfo.InvariantCulture, $"<polyline class=\"c{index % 6}\" points=\"");
            foreach ((double x, double y) in curve.Points)
                to.Append(CultureInfo.InvariantCulture, $"{PlaceX(x):F1},{PlaceY(y):F1} ");
            to.Append("\"/>");
            if (curve.Points.Count <= 60)
            {
                foreach ((double x, double y) in curve.Points)
                    to.Append(CultureInfo.InvariantCulture, $"<circle class=\"c{index % 6}\" cx=\"{PlaceX(x):F1}\" cy=\"{PlaceY(y):F1}\" r=\"2.2\"/>");
            }
        }
    }
}
