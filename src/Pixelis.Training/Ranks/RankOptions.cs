namespace Pixelis.Training;

/// <summary>How ranks are chosen from what full fine-tuning changed.</summary>
public sealed record RankOptions
{
    /// <summary>Share of the change's energy, the squared Frobenius norm of all of it, that the rank must hold; 0 to 1. Default 0.9.</summary>
    public double Energy { get; init; } = 0.9;

    /// <summary>Smallest rank. Default 4.</summary>
    public int Lowest { get; init; } = 4;

    /// <summary>Largest rank. Default 128.</summary>
    public int Highest { get; init; } = 128;

    /// <summary>Largest change of a weight that counts as none. Default 1e-8.</summary>
    public double Unchanged { get; init; } = 1e-8;

    internal void Validate()
    {
        OptionCheck.Within(Energy, 0, 1, nameof(Energy));
        OptionCheck.AtLeast(Lowest, 1, nameof(Lowest));
        OptionCheck.AtLeast(Highest, Lowest, nameof(Highest));
        OptionCheck.AtLeast(Unchanged, 0, nameof(Unchanged));
    }
}
