namespace Pixelis.Data;

/// <summary>How a judge model is used.</summary>
public sealed record JudgeOptions
{
    /// <summary>Share of traces that are judged again to see whether the judge agrees with itself, 0 to 1. Default 0.01.</summary>
    public double RescoreShare { get; init; } = 0.01;

    /// <summary>How often such a trace is judged again. Default 3, at least 1.</summary>
    public int Rescores { get; init; } = 3;

    /// <summary>A spread (standard deviation) of a trace's scores above this is reported. Default 1.</summary>
    public double LargestSpread { get; init; } = 1;

    /// <summary>Show the judge the pictures. Default false: text only.</summary>
    public bool ShowPictures { get; init; }

    internal void Validate()
    {
        if (!(RescoreShare is >= 0 and <= 1))
            throw new ArgumentException("RescoreShare must be 0 to 1.", nameof(RescoreShare));
        if (Rescores < 1)
            throw new ArgumentException("Rescores must be at least 1.", nameof(Rescores));
    }
}
