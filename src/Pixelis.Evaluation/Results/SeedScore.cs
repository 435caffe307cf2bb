namespace Pixelis.Evaluation;

/// <summary>The accuracy of a group of examples over several results.</summary>
/// <param name="Name">The group.</param>
/// <param name="Count">Examples of each result.</param>
/// <param name="Accuracies">One a result, 0 to 1, in the order they were given.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation (n - 1).</param>
public sealed record SeedScore(string Name, int Count, IReadOnlyList<double> Accuracies, double Mean, double Deviation)
{
    internal static SeedScore Of(string name, int count, IReadOnlyList<double> accuracies)
    {
        double mean = accuracies.Average();
        return new SeedScore(name, count, accuracies, mean, Math.Sqrt(accuracies.Sum(a => (a - mean) * (a - mean)) / (accuracies.Count - 1)));
    }
}
