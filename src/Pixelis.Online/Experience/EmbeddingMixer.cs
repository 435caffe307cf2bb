namespace Pixelis.Online;

/// <summary>Makes one unit vector of what the model saw and what it read.</summary>
internal static class EmbeddingMixer
{
    /// <summary>Weight of the visual part.</summary>
    public const float VisualWeight = 0.7f;

    /// <summary>Weight of the textual part.</summary>
    public const float TextWeight = 0.3f;

    /// <summary>
    /// Both parts are brought to unit length, weighted, added, and the sum is brought to unit length. A part that is empty or zero is
    /// absent: the other one counts alone.
    /// </summary>
    /// <param name="visual">For instance the mean of the model's hidden states over picture tokens; empty when there was no picture.</param>
    /// <param name="text">The mean over the question's tokens; as long as <paramref name="visual"/>, or empty.</param>
    /// <exception cref="PixelisException">No part is there, they are not equally long, a number is not finite, or they cancel each other.</exception>
    public static float[] Mix(ReadOnlySpan<float> visual, ReadOnlySpan<float> text)
    {
        float[]? seen = Unit(visual, "visual"), read = Unit(text, "textual");
        if (seen is null || read is null)
            return seen ?? read ?? throw new PixelisException("An embedding needs a visual or a textual part that is not zero.");
        if (seen.Length != read.Length)
            throw new PixelisException($"The visual part has {seen.Length} numbers and the textual one {read.Length}; expected as many.");
        for (int i = 0; i < seen.Length; i++)
            seen[i] = (VisualWeight * seen[i]) + (TextWeight * read[i]);
        return Unit(seen, "mixed")!;
    }

    private static float[]? Unit(ReadOnlySpan<float> part, string name)
    {
        double squares = 0;
        foreach (float value in part)
            squares += (double)value * value;
        if (!double.IsFinite(squares))
            throw new PixelisException($"The {name} part of the embedding holds a number that is not finite.");
        if (squares == 0)
            return null;
        double length = Math.Sqrt(squares);
        var unit = new float[part.Length];
        for (int i = 0; i < unit.Length; i++)
            unit[i] = (float)(part[i] / length);
        return unit;
    }
}
