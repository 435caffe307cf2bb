using Pixelis.Modeling;

namespace Pixelis.Generation;

/// <summary>Tokens for a model to read, with the pixels that belong to its placeholders. Immutable.</summary>
public sealed class Prompt
{
    /// <summary>Makes a prompt.</summary>
    /// <param name="tokenIds">At least one token id, none negative.</param>
    /// <param name="visuals">Images and videos in the order of their placeholders; null for none.</param>
    /// <exception cref="ArgumentException">No tokens, a negative id, or placeholders that overlap, are out of order or lie outside the
    /// tokens.</exception>
    public Prompt(IReadOnlyList<int> tokenIds, IReadOnlyList<VisualInput>? visuals = null)
    {
        ArgumentNullException.ThrowIfNull(tokenIds);
        if (tokenIds.Count == 0)
            throw new ArgumentException("A prompt has at least one token.", nameof(tokenIds));
        int end = 0;
        foreach (VisualInput visual in visuals ?? [])
        {
            if (visual.Start < end || visual.Length < 1 || visual.End > tokenIds.Count)
            {
                throw new ArgumentException(
                    $"The visual at tokens {visual.Start}..{visual.End} overlaps another one or lies outside the {tokenIds.Count} tokens.",
                    nameof(visuals));
            }
            if (visual.Grid.PatchCount < 1 || visual.Patches.Length % visual.Grid.PatchCount != 0)
            {
                throw new ArgumentException(
                    $"The visual at token {visual.Start} has {visual.Patches.Length} values, which are no {visual.Grid.PatchCount} patches.",
                    nameof(visuals));
            }
            end = visual.End;
        }
        TokenIds = [.. tokenIds];
        Visuals = [.. visuals ?? []];
        if (TokenIds.Any(id => id < 0))
            throw new ArgumentException("Token ids are 0 or greater.", nameof(tokenIds));
    }

    /// <summary>The token ids, at least one.</summary>
    public IReadOnlyList<int> TokenIds { get; }

    /// <summary>Images and videos in the order of their placeholders.</summary>
    public IReadOnlyList<VisualInput> Visuals { get; }

    /// <summary>Number of tokens.</summary>
    public int Length => TokenIds.Count;
}
