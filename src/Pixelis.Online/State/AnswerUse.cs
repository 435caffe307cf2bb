namespace Pixelis.Online.State;

/// <summary>What an answer is used for.</summary>
public enum AnswerUse
{
    /// <summary>Served and forgotten.</summary>
    None,

    /// <summary>Remembered; nothing is learnt from it, because a gate or the mode says so.</summary>
    Collected,

    /// <summary>Waits to be learnt from.</summary>
    Queued,

    /// <summary>Waits for a person.</summary>
    InReview,

    /// <summary>A version has learnt from it.</summary>
    Learnt,
}
