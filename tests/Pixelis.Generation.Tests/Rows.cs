using FsCheck;
using FsCheck.Fluent;

namespace Pixelis.Generation.Tests;

/// <summary>Rows of logits, made by seed or by FsCheck.</summary>
internal static class Rows
{
    /// <summary>Normal logits of the given spread.</summary>
    public static float[] Normal(int seed, int count, double spread = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(spread * Normal(random)))];
    }

    /// <summary>Rows of 1 to 60 logits with many ties, zeros of both signs, and masked tokens beside at least one finite logit.</summary>
    public static Arbitrary<float[]> Arbitrary { get; } =
        (from head in Gen.Choose(-20, 20)
         from tail in Gen.OneOf(Gen.Choose(-8, 8).Select(i => i / 2f), Gen.Constant(float.NegativeInfinity), Gen.Constant(-0f), Gen.Choose(-9999, 9999).Select(i => i / 777f)).ArrayOf()
         select (float[])[.. tail.Take(30), head / 4f, .. tail.Skip(30).Take(29)]).ToArbitrary();

    /// <summary>Softmax in float64.</summary>
    public static double[] Softmax(ReadOnlySpan<float> logits)
    {
        double max = double.NegativeInfinity;
        foreach (float logit in logits)
            max = Math.Max(max, logit);
        var weights = new double[logits.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = Math.Exp(logits[i] - max);
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    /// <summary>Tokens that are not masked.</summary>
    public static int[] Kept(ReadOnlySpan<float> logits)
    {
        var kept = new List<int>();
        for (int i = 0; i < logits.Length; i++)
        {
            if (!float.IsNegativeInfinity(logits[i]))
                kept.Add(i);
        }
        return [.. kept];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
