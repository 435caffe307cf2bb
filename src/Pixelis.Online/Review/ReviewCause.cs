namespace Pixelis.Online;

/// <summary>Why a person is asked.</summary>
public enum ReviewCause
{
    /// <summary>It is of the share that is drawn.</summary>
    Sampled,

    /// <summary>The vote was split.</summary>
    SplitVote,

    /// <summary>Somebody asked for it.</summary>
    Requested,
}
