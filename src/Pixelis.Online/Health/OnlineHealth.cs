namespace Pixelis.Online.Health;

/// <summary>How learning while serving is, part by part.</summary>
/// <param name="Components">The parts.</param>
public sealed record OnlineHealth(IReadOnlyList<ComponentHealth> Components)
{
    /// <summary>The worst of the parts; healthy when there is none.</summary>
    public HealthState State => Components.Count == 0 ? HealthState.Healthy : Components.Max(c => c.State);

    /// <summary>The reasons of the parts that are not healthy, one sentence.</summary>
    public string Reason => string.Join("; ", Components.Where(c => c.State != HealthState.Healthy).Select(c => $"{c.Name} is {c.State.ToString().ToLowerInvariant()}: {c.Reason}"));
}
