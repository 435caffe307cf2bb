namespace Pixelis.Training;

/// <summary>A named curve.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Points">Step and value, in order of steps.</param>
internal sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>The curve thinned to means over equal ranges of steps, so that a page of a long run stays small.</summary>
    public Curve Thinned(int most)
    {
        if (Points.Count <= most)
            return this;
        var means = new List<(double, double)>(most);
        for (int i = 0; i < most; i++)
        {
            int from = (int)((long)i * Points.Count / most), to = (int)((long)(i + 1) * Points.Count / most);
            (double X, double Y)[] part = [.. Points.Skip(from).Take(to - from)];
            means.Add((part.Average(p => p.X), part.Average(p => p.Y)));
        }

        return this with { Points = means };
    }
}
