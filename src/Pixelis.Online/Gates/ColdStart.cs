namespace Pixelis.Online;

/// <summary>Until there are enough experiences to vote, they are collected and nothing is learnt.</summary>
/// <param name="experiences">From how many on it is learnt, at least 0. Default 100.</param>
internal sealed class ColdStart(long experiences = 100) : IGate
{
    private readonly long _experiences = experiences >= 0
        ? experiences
        : throw new ArgumentOutOfRangeException(nameof(experiences), experiences, "At least 0 was expected.");

    /// <inheritdoc />
    public string Name => "cold_start";

    /// <inheritdoc />
    public GateResult Check(GateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Experiences >= _experiences
            ? Gate.Passed(this, input.Experiences, _experiences, $"{input.Experiences} experiences, {_experiences} are enough")
            : Gate.Blocked(this, input.Experiences, _experiences, $"{input.Experiences} experiences; it collects until there are {_experiences}");
    }
}
