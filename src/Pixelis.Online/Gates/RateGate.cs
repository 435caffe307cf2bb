namespace Pixelis.Online;

/// <summary>Keeps the updates of a minute below a number. What it is measured by is <see cref="UpdateRate"/>.</summary>
/// <param name="perMinute">Most updates a minute, at least 1. Default 60.</param>
internal sealed class RateGate(int perMinute = 60) : IGate
{
    private readonly int _perMinute = perMinute >= 1
        ? perMinute
        : throw new ArgumentOutOfRangeException(nameof(perMinute), perMinute, "At least 1 was expected.");

    /// <inheritdoc />
    public string Name => "rate";

    /// <inheritdoc />
    public GateResult Check(GateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        int updates = input.UpdatesInLastMinute;
        return updates < _perMinute
            ? Gate.Passed(this, updates, _perMinute, $"{updates} updates in the last minute, at most {_perMinute}")
            : Gate.Blocked(this, updates, _perMinute, $"{updates} updates in the last minute; {_perMinute} are the most");
    }
}
