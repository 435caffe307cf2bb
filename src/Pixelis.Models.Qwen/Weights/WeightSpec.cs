namespace Pixelis.Models.Qwen;

/// <summary>One tensor that a model of a given config has.</summary>
/// <param name="Name">Key in the checkpoint, and name in the module tree.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Kind">What it is for.</param>
internal sealed record WeightSpec(string Name, long[] Shape, WeightKind Kind)
{
    public long ElementCount => Shape.Aggregate(1L, (product, size) => checked(product * size));
}
