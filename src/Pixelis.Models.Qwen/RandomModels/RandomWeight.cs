namespace Pixelis.Models.Qwen.RandomModels;

/// <summary>A tensor of a random model: its checkpoint name, its shape, and how its values are spread.</summary>
/// <param name="Name">Key in the checkpoint, as released models spell it.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Center">Mean: 1 for norm weights, 0 else.</param>
/// <param name="Deviation">Standard deviation.</param>
internal sealed record RandomWeight(string Name, long[] Shape, float Center, float Deviation)
{
    public long ElementCount => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Every tensor of a model, in the order of its layers.</summary>
    public static IReadOnlyList<RandomWeight> Of(QwenConfig config) => [.. QwenWeightMap.Of(config).Select(Spread)];

    /// <summary>Cuts a list into consecutive shards of at most <paramref name="maxElements"/> elements (a larger tensor gets a shard of its own).</summary>
    public static IReadOnlyList<IReadOnlyList<RandomWeight>> Shard(IReadOnlyList<RandomWeight> weights, long maxElements)
    {
        var shards = new List<IReadOnlyList<RandomWeight>>();
        var current = new List<RandomWeight>();
        long held = 0;
        foreach (RandomWeight weight in weights)
        {
            if (current.Count > 0 && held + weight.ElementCount > maxElements)
            {
                shards.Add(current);
                current = [];
                held = 0;
            }
            current.Add(weight);
            held += weight.ElementCount;
        }
        shards.Add(current);
        return shards;
    }

    private static RandomWeight Spread(WeightSpec spec) => spec.Kind switch
    {
        WeightKind.Norm => new(spec.Name, spec.Shape, 1, 0.02f),
        WeightKind.Bias => new(spec.Name, spec.Shape, 0, 0.02f),
        // Logits are products of normalised hidden states with rows of these two: the spread gives them a deviation near 2.
        _ when spec.Name is "model.embed_tokens.weight" or "lm_head.weight" => new(spec.Name, spec.Shape, 0, 2 / MathF.Sqrt(spec.Shape[1])),
        // Keeps the size of what goes through: one over the square root of the inputs.
        _ => new(spec.Name, spec.Shape, 0, 1 / MathF.Sqrt(spec.Shape[1..].Aggregate(1L, (product, size) => product * size))),
    };
}
