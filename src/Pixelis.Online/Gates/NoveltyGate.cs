namespace Pixelis.Online;

/// <summary>
/// Learns neither what it has learnt already (a request that is nearly one it learnt from) nor what it has nothing to compare with (a
/// request far from every experience, about which neighbours cannot vote).
/// </summary>
/// <param name="known">Cosine from which on a request counts as learnt already, above <paramref name="strange"/>, at most 1. Default 0.995.</param>
/// <param name="strange">Cosine below which a request counts as unlike anything, at least -1. Default 0.2.</param>
internal sealed class NoveltyGate(double known = 0.995, double strange = 0.2) : IGate
{
    private readonly double _known = known <= 1 && known > strange
        ? known
        : throw new ArgumentOutOfRangeException(nameof(known), known, $"Above {strange} and at most 1 was expected.");

    private readonly double _strange = strange >= -1
        ? strange
        : throw new ArgumentOutOfRangeException(nameof(strange), strange, "At least -1 was expected.");

    /// <inheritdoc />
    public string Name => "novelty";

    /// <inheritdoc />
    public GateResult Check(GateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Nearest is not { } nearest)
            return Gate.Blocked(this, double.NaN, _strange, $"there is no experience to compare with");
        if (nearest < _strange)
            return Gate.Blocked(this, nearest, _strange, $"the nearest experience has cosine {nearest:0.###}, below {_strange:0.###}: unlike any");
        return input.NearestLearnt is { } learnt && learnt >= _known
            ? Gate.Blocked(this, learnt, _known, $"an experience it learnt from has cosine {learnt:0.####}, {_known:0.####} or more: learnt already")
            : Gate.Passed(this, nearest, _strange, $"the nearest experience has cosine {nearest:0.###}");
    }
}
