using System.Text;
using Pixelis.Data.Demonstrations;
using Pixelis.Data.Drawing;

namespace Pixelis.Data;

/// <summary>
/// Chain-of-thought-action traces of all kinds from ground truth. Every action, right or wrong, is really run by the agent, so its
/// observation is what a tool returned; the loss flags mark wrong turns as context. Thread-safe; dispose it.
/// </summary>
/// <remarks>
/// Kinds and weights after Pixelis's seed (trap 1.5, self-correction 1.2; section 6.4 of its notes). Deviations: the seed edits finished
/// traces, so its "right" action can keep the wrong coordinates and its observations belong to other actions; here each trace is run.
/// Its traps end in a wrong answer; here a trap is seen and mended, and only the mended turns are targets.
/// </remarks>
public sealed class CotaSynthesizer : IAsyncDisposable
{
    private readonly TraceFactory _factory;
    private readonly CotaOptions _options;
    private readonly double _sum;

    /// <summary>Makes a synthesizer.</summary>
    /// <param name="options">Shares of the kinds; null for the defaults.</param>
    /// <param name="budget">How large the model that will learn sees pictures; null for <see cref="SeenBudget"/>'s defaults.</param>
    /// <exception cref="ArgumentException">A share is negative or all are 0.</exception>
    public CotaSynthesizer(CotaOptions? options = null, SeenBudget? budget = null)
    {
        _options = options ?? new CotaOptions();
        _options.Validate();
        _sum = _options.Shares().Sum(s => s.Share);
        _factory = new TraceFactory(budget);
    }

    /// <summary>A trace of the kind that falls to this example: the same for the same example, options and version.</summary>
    public Task<TrainingTrace> CreateAsync(Example example, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(example);
        return CreateAsync(example, KindOf(example), cancellationToken);
    }

    /// <summary>A trace of a kind.</summary>
    /// <exception cref="PixelisException">The example's family has no demonstration, or its truth names no target.</exception>
    public Task<TrainingTrace> CreateAsync(Example example, TraceKind kind, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(example);
        FamilyDemonstrator demonstrator = Demonstrators.Of(example);
        var random = new SceneRandom(SeedOf(example) ^ 0xC07A);
        Demonstration demonstration = kind switch
        {
            TraceKind.Positive => demonstrator.Positive(example),
            TraceKind.SelfCorrection or TraceKind.TrapPerceptual => Mended(demonstrator, example, kind, random),
            TraceKind.TrapLogical => WrongStep(demonstrator, example, random),
            TraceKind.OutcomeNegative => WrongOutcome(demonstrator, example, random),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind."),
        };
        return _factory.RunAsync(example, demonstration, cancellationToken);
    }

    /// <summary>Frees the agent.</summary>
    public ValueTask DisposeAsync() => _factory.DisposeAsync();

    // A wrong action; the next turn says why it was wrong and does the right one.
    private static Demonstration Mended(FamilyDemonstrator demonstrator, Example example, TraceKind kind, SceneRandom random)
    {
        Detour detour = demonstrator.Detour(example, kind, random);
        return new Demonstration(kind,
            [new DemonstrationStep(detour.Write, IsTarget: false), .. demonstrator.Look(example, detour.Correction), demonstrator.Answer()]);
    }

    // The right evidence, then a false conclusion that looks elsewhere; the last turn goes back to the evidence.
    private static Demonstration WrongStep(FamilyDemonstrator demonstrator, Example example, SceneRandom random)
    {
        Detour elsewhere = demonstrator.Detour(example, TraceKind.TrapPerceptual, random);
        string wrong = demonstrator.WrongAnswer(example, random), right = FamilyDemonstrator.Unknown, thought = "";
        var falseStep = new DemonstrationStep(state =>
        {
            right = demonstrator.ReadEvidence(state); // before the detour's observation covers it
            thought = demonstrator.Conclude(state, right);
            return $"{demonstrator.Conclude(state, wrong)} {elsewhere.Write(state)}";
        }, IsTarget: false);
        var back = new DemonstrationStep(_ => FamilyDemonstrator.Boxed($"{elsewhere.Correction} The first look was right. {thought}", right));
        return new Demonstration(TraceKind.TrapLogical, [.. demonstrator.Look(example), falseStep, back]);
    }

    private static Demonstration WrongOutcome(FamilyDemonstrator demonstrator, Example example, SceneRandom random)
    {
        Detour detour = demonstrator.Detour(example, TraceKind.TrapPerceptual, random);
        string wrong = demonstrator.WrongAnswer(example, random);
        return new Demonstration(TraceKind.OutcomeNegative,
        [
            new DemonstrationStep(detour.Write, IsTarget: false),
            new DemonstrationStep(state => FamilyDemonstrator.Boxed(demonstrator.Conclude(state, wrong), wrong), IsTarget: false),
        ]);
    }

    private TraceKind KindOf(Example example)
    {
        double at = (SceneRandom.Mix(SeedOf(example) ^ _options.Seed ^ 0x5EED) >> 11) * (_sum / (1UL << 53));
        foreach ((TraceKind kind, double share) in _options.Shares())
        {
            if (at < share)
                return kind;
            at -= share;
        }
        return TraceKind.Positive;
    }

    // Examples from elsewhere have no seed; their name serves (FNV-1a).
    private static ulong SeedOf(Example example)
    {
        if (example.Seed != 0)
            return example.Seed;
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(example.Id))
            hash = (hash ^ b) * 1099511628211;
        return hash;
    }
}
