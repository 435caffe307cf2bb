using Pixelis.Online.Neighbors;

namespace Pixelis.Online.Tests.Neighbors;

/// <summary>Vectors in clusters, and what is right about them.</summary>
internal static class VectorSets
{
    public static float[][] Clustered(int count, int dimension, int seed)
    {
        float[][] centres = [.. Enumerable.Range(0, Math.Max(1, count / 50)).Select(i => Examples.Unit(dimension, -1 - i - (seed * 1000)))];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float[] centre = centres[new Random(seed + (i * 31)).Next(centres.Length)], own = Examples.Unit(dimension, seed + i);
            return EmbeddingMixer.Mix(centre, own);
        })];
    }

    public static long[] Nearest(IEnumerable<(long Id, float[] Vector)> all, float[] query, int count) =>
        [.. all.Select(v => (v.Id, Dot: Dot(v.Vector, query))).OrderByDescending(v => v.Dot).ThenBy(v => v.Id).Take(count).Select(v => v.Id)];

    public static double Dot(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }

    public static long[] Find(INeighborIndex index, float[] query, int count, int tenant = -1)
    {
        var hits = new NeighborHit[count];
        int found = index.Search(query, tenant, hits);
        return [.. hits[..found].Select(h => h.Id)];
    }

    /// <summary>The share of found vectors that are as near as the truly nearest ones: vectors at one place count alike.</summary>
    public static double Recall(INeighborIndex index, IReadOnlyList<(long Id, int Tenant, float[] Vector)> all, float[][] queries, int count, int tenant = -1)
    {
        Dictionary<long, float[]> vectors = all.ToDictionary(v => v.Id, v => v.Vector);
        int right = 0, wanted = 0;
        foreach (float[] query in queries)
        {
            double[] best = [.. all.Where(v => tenant < 0 || v.Tenant == tenant).Select(v => Dot(v.Vector, query)).OrderDescending().Take(count)];
            right += Find(index, query, count, tenant).Distinct().Count(id => Dot(vectors[id], query) >= best[^1] - 1e-6);
            wanted += best.Length;
        }
        return (double)right / wanted;
    }
}
