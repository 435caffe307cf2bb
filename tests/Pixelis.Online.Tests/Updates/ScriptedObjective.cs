using Pixelis.Online.Updates;
using Pixelis.Training;
using Pixelis.Training.Grpo;

namespace Pixelis.Online.Tests.Updates;

/// <summary>An objective that does what a test says: what the worker does around it is what is tested.</summary>
internal sealed class ScriptedObjective(Func<IReadOnlyList<UpdateTask>, UpdateStep, CancellationToken, UpdateMeasures> update) : IUpdateObjective
{
    public static UpdateMeasures Nothing { get; } = new() { HasChanged = false };

    public string Name => "scripted";

    public List<UpdateStep> Steps { get; } = [];

    public UpdateMeasures Update(IReadOnlyList<UpdateTask> tasks, UpdateStep step, CancellationToken cancellationToken)
    {
        Steps.Add(step);
        return update(tasks, step, cancellationToken);
    }
}
