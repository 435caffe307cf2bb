using Pixelis.Modeling;

namespace Pixelis.Models.Qwen;

/// <summary>What positions are computed from.</summary>
internal sealed record RopeRequest
{
    /// <summary>Token ids, row by row.</summary>
    public required long[] Ids { get; init; }

    /// <summary>Rows.</summary>
    public required int Batch { get; init; }

    /// <summary>Columns of a row.</summary>
    public required int Length { get; init; }

    /// <summary>Which columns are padding, row by row; empty when none is.</summary>
    public bool[] Padding { get; init; } = [];

    /// <summary>Grids of all images of the batch, in row-major order.</summary>
    public IReadOnlyList<VisionGrid> Images { get; init; } = [];

    /// <summary>Grids of all videos of the batch, in row-major order.</summary>
    public IReadOnlyList<VisionGrid> Videos { get; init; } = [];

    /// <summary>Seconds a temporal patch covers, one number a video; empty counts as 1.</summary>
    public IReadOnlyList<double> SecondsPerGrid { get; init; } = [];

    /// <summary>Whether seconds are cut to whole numbers first, as releases after spring 2025 do.</summary>
    public bool IntegerSeconds { get; init; }

    /// <summary>Position of each row's first unpadded token; empty for 0. Set when the columns continue a cache.</summary>
    public long[] FirstPositions { get; init; } = [];

    /// <summary>Lengths of the conversations that a packed row holds; empty when a row is one.</summary>
    public IReadOnlyList<int> SequenceLengths { get; init; } = [];

    /// <summary>Columns that the cache holds already.</summary>
    public int FirstColumn { get; init; }
}
