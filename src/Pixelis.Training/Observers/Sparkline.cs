namespace Pixelis.Training;

/// <summary>A curve of one line of text.</summary>
internal static class Sparkline
{
    private const string Marks = "▁▂▃▄▅▆▇█";

    /// <summary>Draws values from the left; when there are more than <paramref name="width"/>, means of neighbours.</summary>
    public static string Of(IReadOnlyList<double> values, int width, double? lowest = null, double? highest = null)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
            return "";
        int columns = Math.Min(width, finite.Length);
        var means = new double[columns];
        for (int i = 0; i < columns; i++)
        {
            int from = (int)((long)i * finite.Length / columns), to = (int)((long)(i + 1) * finite.Length / columns);
            means[i] = finite.AsSpan(from, to - from).ToArray().Average();
        }

        double low = lowest ?? means.Min(), high = highest ?? means.Max();
        return string.Concat(means.Select(m => Marks[high > low ? Math.Clamp((int)((m - low) / (high - low) * Marks.Length), 0, Marks.Length - 1) : 0]));
    }
}
