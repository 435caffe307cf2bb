namespace Pixelis.Training;

/// <summary>Why a run ended.</summary>
public enum TrainingEnd
{
    /// <summary>All steps are done.</summary>
    Completed,

    /// <summary>It was cancelled; a checkpoint was written.</summary>
    Cancelled,

    /// <summary>Evaluations got no better for as long as the options allow.</summary>
    NoGain,

    /// <summary>Too many bad steps in a row, or data that cannot be used.</summary>
    Failed,
}
