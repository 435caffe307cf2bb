namespace Pixelis.Trajectories;

/// <summary>Why an episode ended.</summary>
public enum EndReason
{
    /// <summary>The model answered: a turn without a tool call.</summary>
    Answered,

    /// <summary>The limit on turns was reached.</summary>
    TurnLimit,

    /// <summary>The limit on tool calls was reached.</summary>
    CallLimit,

    /// <summary>The limit on images was reached.</summary>
    ImageLimit,

    /// <summary>The limit on tokens, or the model's context, was reached.</summary>
    TokenLimit,

    /// <summary>The limit on wall-clock time was reached.</summary>
    TimeLimit,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The model itself failed; <see cref="Trajectory.Error"/> says how.</summary>
    Failed,
}
