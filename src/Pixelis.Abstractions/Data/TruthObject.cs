namespace Pixelis.Data;

/// <summary>One thing in a picture or clip as it really is. Members that do not apply are null or empty.</summary>
public sealed record TruthObject
{
    /// <summary>What it is called, such as "red square".</summary>
    public required string Label { get; init; }

    /// <summary>Name of its colour.</summary>
    public string? Color { get; init; }

    /// <summary>Name of its shape.</summary>
    public string? Shape { get; init; }

    /// <summary>The smallest box about it in source pixels; in a clip, in the first frame.</summary>
    public required PixelBox Box { get; init; }

    /// <summary>Its pixels; in a clip, in the first frame.</summary>
    public RunLengthMask? Mask { get; init; }

    /// <summary>What is written on it: a word, a number, a single letter.</summary>
    public string? Text { get; init; }

    /// <summary>Where the writing or the other evidence on it is, in source pixels.</summary>
    public PixelBox? TextBox { get; init; }

    /// <summary>How many small things it holds.</summary>
    public int? Count { get; init; }

    /// <summary>Where it is in each frame of a clip; null where it is not visible.</summary>
    public IReadOnlyList<PixelBox?>? Track { get; init; }

    /// <summary>The only frame of a clip in which it shows, from 1; null when it shows in all.</summary>
    public int? Frame { get; init; }

    /// <summary>Whether the question asks about it.</summary>
    public bool IsTarget { get; init; }
}
