using System.Globalization;
using Pixelis.Data;
using Pixelis.Evaluation;

namespace Pixelis.Training;

/// <summary>
/// Scenes of PixelBench with their demonstrations, made when they are drawn: an endless stream without files. A scene whose demonstration does
/// not end with the right answer (a tool failed to show the evidence) is a bad example, which the trainer passes over. Dispose it after the run.
/// </summary>
public sealed class PixelBenchExamples : IExampleStream, IDisposable
{
    private readonly PixelBenchGenerator[] _stages;
    private readonly TraceFactory _factory;

    /// <summary>Makes the stream.</summary>
    /// <param name="stages">What is drawn in each stage of a curriculum; one for none.</param>
    /// <param name="budget">How large the model sees pictures; null for the defaults.</param>
    public PixelBenchExamples(IReadOnlyList<PixelBenchOptions> stages, SeenBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentOutOfRangeException.ThrowIfZero(stages.Count);
        _stages = [.. stages.Select(s => new PixelBenchGenerator(s))];
        _factory = new TraceFactory(budget);
        IEnumerable<string> described = stages.Select(s => string.Create(CultureInfo.InvariantCulture,
            $"{s.Split} {string.Join('+', s.Families)} difficulty {string.Join('+', s.Difficulties)} stream {s.Stream}{(s.ShiftName.Length > 0 ? " " + s.ShiftName : "")}"));
        Fingerprint = $"{PixelBenchGenerator.Version} {string.Join("; ", described)}, budget {budget ?? new SeenBudget()}";
    }

    /// <inheritdoc />
    public string Fingerprint { get; }

    /// <inheritdoc />
    public SftExample Get(DataCursor cursor)
    {
        Example example = _stages[Math.Clamp(cursor.Stage, 0, _stages.Length - 1)].Create(cursor.Position);
        TrainingTrace trace = _factory.PositiveAsync(example).GetAwaiter().GetResult();
        return CanonicalAnswer.IsRight(trace.Trajectory.Answer, example.Answer)
            ? TraceExamples.Of(trace)
            : throw new PixelisException($"Scene {example.Id}: the demonstration ends with '{trace.Trajectory.Answer}', not with '{example.Answer}'.");
    }

    /// <inheritdoc />
    public void Dispose() => _factory.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
