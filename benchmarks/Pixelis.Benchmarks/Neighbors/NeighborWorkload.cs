namespace Pixelis.Benchmarks.Neighbors;

/// <summary>
/// Unit vectors like embeddings: many clusters, each spread over a few directions of its own and a little over all. Queries come from the
/// same clusters and are not stored. <c>uniform</c>: no structure at all, the hardest case there is.
/// </summary>
internal sealed class NeighborWorkload
{
    public const int QueryCount = 500;

    public NeighborWorkload(int count, int dimension, bool isUniform)
    {
        var random = new Random(1);
        (Count, Dimension) = (count, dimension);
        int clusters = Math.Max(1, count / 1000), directions = Math.Min(32, dimension);
        var centres = new float[clusters][];
        var bases = new float[clusters][];
        for (int c = 0; c < clusters; c++)
        {
            centres[c] = Normals(random, dimension, 1);
            bases[c] = Normals(random, dimension * directions, 0.3);
        }
        float[] Draw() => isUniform ? Unit(Normals(random, dimension, 1)) : Near(random, centres, bases, directions);
        Vectors = new float[count * dimension];
        for (int i = 0; i < count; i++)
            Draw().CopyTo(Vectors, i * dimension);
        Queries = new float[QueryCount * dimension];
        for (int i = 0; i < QueryCount; i++)
            Draw().CopyTo(Queries, i * dimension);
    }

    public int Count { get; }

    public int Dimension { get; }

    public float[] Vectors { get; }

    public float[] Queries { get; }

    public ReadOnlySpan<float> Vector(int i) => Vectors.AsSpan(i * Dimension, Dimension);

    public ReadOnlySpan<float> Query(int i) => Queries.AsSpan(i * Dimension, Dimension);

    private static float[] Near(Random random, float[][] centres, float[][] bases, int directions)
    {
        int c = random.Next(centres.Length), dimension = centres[c].Length;
        float[] vector = Normals(random, dimension, 0.4);
        float[] weights = Normals(random, directions, 1);
        for (int d = 0; d < dimension; d++)
        {
            vector[d] += centres[c][d];
            for (int w = 0; w < directions; w++)
                vector[d] += weights[w] * bases[c][(w * dimension) + d];
        }
        return Unit(vector);
    }

    private static float[] Normals(Random random, int count, double scale)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)(scale * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }

    private static float[] Unit(float[] values)
    {
        double length = Math.Sqrt(values.Sum(v => (double)v * v));
        return [.. values.Select(v => (float)(v / length))];
    }
}
