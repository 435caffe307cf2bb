namespace Pixelis.Models.Qwen;

/// <summary>Positions of a batch of columns.</summary>
/// <param name="Positions">Temporal, height and width planes one after the other, <c>3 * B * L</c>.</param>
/// <param name="Offsets">After each column, the next position minus (column + 1), <c>B * L</c>; columns count from the start of the cache.</param>
/// <param name="Pictures">Where the pictures are, in row-major order.</param>
internal sealed record RopePlan(long[] Positions, long[] Offsets, IReadOnlyList<PictureSpan> Pictures)
{
    /// <summary>The reference's rope delta of a row: (largest position + 1) minus the row's length, padding on either side included.</summary>
    public long DeltaOf(int row, int length) => Offsets[(row * length) + length - 1];
}
