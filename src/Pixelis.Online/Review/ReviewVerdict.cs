namespace Pixelis.Online;

/// <summary>What a reviewer decided.</summary>
public enum ReviewVerdict
{
    /// <summary>The proposed label is right.</summary>
    Approved,

    /// <summary>Another answer is right.</summary>
    Corrected,

    /// <summary>Nothing is to be learnt from it: the question is unclear, the picture unfit, no answer right.</summary>
    Rejected,
}
