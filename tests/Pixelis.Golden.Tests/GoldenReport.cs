using System.Globalization;
using Pixelis.TestKit;
using Xunit.Abstractions;

namespace Pixelis.Golden.Tests;

/// <summary>
/// Compares, prints, and keeps the largest differences of the run in <c>artifacts/golden-differences.txt</c>.
/// </summary>
internal static class GoldenReport
{
    private static readonly Lock Gate = new();
    private static readonly SortedDictionary<string, string> Lines = new(StringComparer.Ordinal);

    /// <summary>Fails when a difference is over its tolerance (or not a number).</summary>
    public static void Check(ITestOutputHelper output, string folder, string quantity, double difference, double tolerance)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(folder),-42} {quantity,-34} {difference:E2}  (at most {tolerance:E0})");
        output.WriteLine(line);
        lock (Gate)
        {
            Lines[line] = line;
            string file = Path.Combine(RepositoryFolder.Path, "artifacts", "golden-differences.txt");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllLines(file, Lines.Values);
        }

        Assert.True(difference <= tolerance, $"{quantity} differs by {difference:E3}; at most {tolerance:E1} was expected");
    }
}
