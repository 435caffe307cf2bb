using Pixelis.Trajectories;

namespace Pixelis.Data.Tests;

public sealed class TraceValidatorTests : IAsyncLifetime
{
    private readonly TraceFactory _factory = new();
    private readonly TraceValidator _validator = new();
    private TrainingTrace _trace = null!;

    public async Task InitializeAsync() => _trace = await _factory.PositiveAsync(new PixelBenchGenerator().Create(PixelBenchFamily.Spot, 1, 0));

    public async Task DisposeAsync()
    {
        await _factory.DisposeAsync();
        await _validator.DisposeAsync();
    }

    [Fact]
    public async Task AGoodTraceHasNoProblems() => Assert.Empty(await _validator.ValidateAsync(_trace));

    [Fact]
    public async Task AnObservationThatNoToolReturnedIsFound()
    {
        TraceProblem problem = Assert.Single(await _validator.ValidateAsync(WithTurn(2, t => t with { Text = t.Text.Replace("112x112", "56x56", StringComparison.Ordinal) })));
        Assert.Equal(("replay", "trajectory.turns[2]"), (problem.Check, problem.Field));
        Assert.Contains("56x56", problem.Message);
    }

    [Fact]
    public async Task AnActionThatLeadsElsewhereIsFound()
    {
        TrainingTrace moved = WithTurn(1, t => t with { Text = t.Text.Replace("\"bbox_2d\": [", "\"bbox_2d\": [200", StringComparison.Ordinal) });
        Assert.Equal("replay", Assert.Single(await _validator.ValidateAsync(moved)).Check);
    }

    [Fact]
    public void AWrongAnswerMissingProvenanceAndWrongFlagsAreFound()
    {
        TrainingTrace bad = _trace with { Provenance = "", Loss = [true], Trajectory = _trace.Trajectory with { Answer = "?" } };
        string[] fields = [.. TraceValidator.Check(bad).Select(p => p.Field)];
        Assert.Contains("provenance", fields);
        Assert.Contains("loss", fields);
        Assert.Contains("trajectory.answer", fields);
    }

    [Fact]
    public void ACallThatWasNotRecordedIsFound()
    {
        TrainingTrace bad = WithTurn(1, t => t with { Invocations = [] });
        Assert.Contains(TraceValidator.Check(bad), p => p.Check == "actions");
    }

    [Fact]
    public void AnOutcomeNegativeTraceMustNotBeTaught()
    {
        Assert.Contains(TraceValidator.Check(_trace with { Kind = TraceKind.OutcomeNegative }), p => p.Field == "loss");
    }

    private TrainingTrace WithTurn(int index, Func<TrajectoryTurn, TrajectoryTurn> change) => _trace with
    {
        Trajectory = _trace.Trajectory with { Turns = [.. _trace.Trajectory.Turns.Select((t, i) => i == index ? change(t) : t)] },
    };
}
