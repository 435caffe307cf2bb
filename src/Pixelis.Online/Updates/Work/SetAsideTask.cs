namespace Pixelis.Online.Updates;

/// <summary>A task that could not be learnt from. It may be offered to the queue again.</summary>
/// <param name="Task">The task.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="Time">When it was set aside.</param>
internal sealed record SetAsideTask(UpdateTask Task, string Reason, DateTimeOffset Time);
