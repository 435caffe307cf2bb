namespace Pixelis.Evaluation;

/// <summary>How two results differ on a group of examples that both have.</summary>
/// <param name="Name">The group.</param>
/// <param name="Count">Pairs.</param>
/// <param name="First">Accuracy of the first result, 0 to 1.</param>
/// <param name="Second">Accuracy of the second one.</param>
/// <param name="Difference">Second - first.</param>
/// <param name="Interval">95 % paired bootstrap interval of the difference.</param>
/// <param name="OnlyFirst">Examples that only the first got right.</param>
/// <param name="OnlySecond">Examples that only the second got right.</param>
/// <param name="PValue">Of McNemar's exact test, two-sided.</param>
public sealed record PairedScore(
    string Name, int Count, double First, double Second, double Difference, Interval Interval, int OnlyFirst, int OnlySecond, double PValue)
{
    internal static PairedScore Of(string name, IReadOnlyList<(Prediction A, Prediction B)> pairs, ulong seed)
    {
        double[] differences = [.. pairs.Select(p => (p.B.Right ? 1.0 : 0) - (p.A.Right ? 1 : 0))];
        int onlyFirst = pairs.Count(p => p.A.Right && !p.B.Right), onlySecond = pairs.Count(p => p.B.Right && !p.A.Right);
        return new PairedScore(
            name, pairs.Count, pairs.Average(p => p.A.Right ? 1.0 : 0), pairs.Average(p => p.B.Right ? 1.0 : 0), differences.Average(),
            Bootstrap.OfMean(differences, seed), onlyFirst, onlySecond, McNemar.PValue(onlyFirst, onlySecond));
    }
}
