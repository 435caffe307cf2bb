namespace Pixelis.Online.Neighbors;

/// <summary>What every index refuses.</summary>
internal static class IndexArguments
{
    public static void CheckLength(ReadOnlySpan<float> vector, int dimension)
    {
        if (vector.Length != dimension)
            throw new ArgumentException($"The vector has {vector.Length} numbers, the index takes {dimension}.", nameof(vector));
    }

    public static void Check(ReadOnlySpan<float> vector, int tenant, int dimension)
    {
        CheckLength(vector, dimension);
        ArgumentOutOfRangeException.ThrowIfNegative(tenant);
    }
}
