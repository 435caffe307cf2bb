using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>
/// Chooses ranks of adapters from a short full fine-tune: the singular values of what it changed show how many directions a layer needs. The
/// energy is taken over the whole change: over the leading values alone any rank would look sufficient.
/// </summary>
/// <param name="options">Energy and limits.</param>
public sealed class RankAnalysis(RankOptions options)
{
    private const int Exact = 512; // up to this side all singular values are computed
    private const int Oversampling = 10;
    private const int PowerIterations = 2;

    /// <summary>The rank of one change.</summary>
    /// <param name="layer">Path of the layer, for the result.</param>
    /// <param name="before">Weight before, <c>[out, in]</c>, any floating type.</param>
    /// <param name="after">Weight after, of the same shape.</param>
    /// <returns>The rank, or null when nothing changed.</returns>
    /// <exception cref="ArgumentException">The shapes differ or are no matrices.</exception>
    /// <exception cref="PixelisException">The change holds numbers that are not finite.</exception>
    public LayerRank? Of(string layer, Tensor before, Tensor after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        options.Validate();
        if (before.dim() != 2 || !before.shape.AsSpan().SequenceEqual(after.shape))
            throw new ArgumentException($"{layer}: weights of shapes [{string.Join(", ", before.shape)}] and [{string.Join(", ", after.shape)}]; two matrices of one shape were expected.", nameof(after));
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor change = after.to(ScalarType.Float64) - before.to(ScalarType.Float64);
        double total = change.pow(2).sum().ToDouble();
        if (!double.IsFinite(total))
            throw new PixelisException($"{layer}: the change holds numbers that are not finite.");
        if (change.abs().max().ToDouble() <= options.Unchanged)
            return null;
        return Choose(layer, SquaredSingularValues(change), total);
    }

    /// <summary>
    /// One rank for each kind of layer, the median over the layers of that kind, as a rank pattern: the last part of the path to the rank.
    /// Ranks above 16 go to the nearest power of two, as fused kernels like them.
    /// </summary>
    public IReadOnlyDictionary<string, int> Pattern(IEnumerable<LayerRank> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return layers.GroupBy(l => l.Layer[(l.Layer.LastIndexOf('.') + 1)..]).OrderBy(g => g.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Rounded(Median([.. g.Select(l => l.Rank).Order()])));
    }

    private LayerRank Choose(string layer, double[] squares, double total)
    {
        double held = 0;
        int needed = 0;
        while (needed < squares.Length && held < options.Energy * total)
            held += squares[needed++];
        if (held < options.Energy * total * (1 - 1e-12) && needed == squares.Length)
            needed = Math.Max(needed, options.Highest) + 1;
        int rank = Math.Clamp(needed, options.Lowest, options.Highest);
        return new LayerRank(layer, rank, Math.Min(needed, options.Highest + 1), Math.Sqrt(total), Math.Min(1, squares.Take(rank).Sum() / total));
    }

    private double[] SquaredSingularValues(Tensor change)
    {
        long side = Math.Min(change.shape[0], change.shape[1]);
        return side <= Exact || side <= options.Highest + Oversampling
            ? [.. torch.linalg.svdvals(change).data<double>().ToArray().Select(s => s * s)]
            : Leading(change, options.Highest + Oversampling);
    }

    /// <summary>The leading squared singular values by a randomised range finder with power iterations (Halko et al., 2011), seed 42.</summary>
    private static double[] Leading(Tensor change, int count)
    {
        using var generator = new Generator(42, torch.CPU);
        Tensor basis = Orthonormal(change.matmul(torch.randn([change.shape[1], count], dtype: ScalarType.Float64, generator: generator)));
        for (int i = 0; i < PowerIterations; i++)
            basis = Orthonormal(change.matmul(Orthonormal(change.t().matmul(basis))));
        Tensor small = basis.t().matmul(change);
        double[] ascending = torch.linalg.eigh(small.matmul(small.t())).Item1.data<double>().ToArray();
        return [.. ascending.Reverse().Select(value => Math.Max(0, value))];
    }

    /// <summary>Orthonormal columns that span the same space, from the Gram matrix; directions without content fall away.</summary>
    private static Tensor Orthonormal(Tensor columns)
    {
        for (int pass = 0; pass < 2; pass++) // the second pass removes what rounding left of the first
        {
            (Tensor values, Tensor vectors) = torch.linalg.eigh(columns.t().matmul(columns));
            double[] sizes = values.data<double>().ToArray();
            double least = Math.Max(sizes[^1] * 1e-14, double.Epsilon);
            int empty = sizes.Count(v => v <= least);
            int kept = sizes.Length - empty;
            columns = columns.matmul(vectors.narrow(1, empty, kept)) / values.narrow(0, empty, kept).sqrt();
        }

        return columns;
    }

    private int Rounded(int rank)
    {
        if (rank <= 16)
            return rank;
        int power = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)rank);
        return Math.Clamp(power - rank <= rank - (power / 2) ? power : power / 2, options.Lowest, options.Highest);
    }

    private static int Median(int[] sorted) => sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2] + 1) / 2;
}
