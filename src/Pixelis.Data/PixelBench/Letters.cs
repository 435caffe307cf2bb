namespace Pixelis.Data.PixelBench;

/// <summary>The closed vocabularies of answers.</summary>
internal static class Letters
{
    /// <summary>Letters that differ from each other even when they are small.</summary>
    public static IReadOnlyList<char> All { get; } = [.. "ACEHKLTVXZ"];
}
