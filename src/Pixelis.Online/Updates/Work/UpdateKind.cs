namespace Pixelis.Online.Updates;

/// <summary>What became of an update.</summary>
public enum UpdateKind
{
    /// <summary>The weights have changed.</summary>
    Applied,

    /// <summary>The task had nothing to say, such as a group of one mind. Nothing has changed.</summary>
    Silent,

    /// <summary>It went too far from the last good version, and was undone bit for bit.</summary>
    Blocked,

    /// <summary>A loss, gradient or divergence was not a finite number; it was undone bit for bit.</summary>
    NotFinite,

    /// <summary>The task could not be learnt from; it was set aside, and nothing has changed.</summary>
    Failed,
}
