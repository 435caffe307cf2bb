namespace Pixelis.Online.Updates;

/// <summary>
/// What an update makes likelier. The worker calls it on one thread at a time, remembers the weights before and puts them back when the update went
/// too far or failed: an objective only makes the step.
/// </summary>
internal interface IUpdateObjective
{
    /// <summary>A short name in lower case, for logs and versions.</summary>
    string Name { get; }

    /// <summary>Makes one update.</summary>
    /// <param name="tasks">What to learn from, at least one.</param>
    /// <param name="step">How far to go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PixelisException">A task cannot be learnt from; it is set aside.</exception>
    UpdateMeasures Update(IReadOnlyList<UpdateTask> tasks, UpdateStep step, CancellationToken cancellationToken);
}
