using Pixelis.Trajectories;

namespace Pixelis.Data.Tests;

public sealed class CotaSynthesizerTests
{
    private static readonly PixelBenchGenerator Scenes = new();

    public static TheoryData<PixelBenchFamily> Families => [.. Enum.GetValues<PixelBenchFamily>()];

    [Theory]
    [MemberData(nameof(Families))]
    public async Task EveryKindOfEveryFamilyIsRunAndReplaysToItself(PixelBenchFamily family)
    {
        await using var synthesizer = new CotaSynthesizer();
        await using var validator = new TraceValidator();
        foreach (TraceKind kind in Enum.GetValues<TraceKind>())
        {
            TrainingTrace trace = await synthesizer.CreateAsync(Scenes.Create(family, 2, 4), kind);
            Assert.Equal(kind, trace.Kind);
            Assert.Empty(await validator.ValidateAsync(trace));
            Assert.Equal(kind != TraceKind.OutcomeNegative, trace.Trajectory.Answer == trace.Example.Answer);
            Assert.Equal(TraceWeights.Of(kind), trace.Weight);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public async Task WrongTurnsAreContextAndTheirObservationsAreReal(PixelBenchFamily family)
    {
        await using var synthesizer = new CotaSynthesizer();
        TrainingTrace trace = await synthesizer.CreateAsync(Scenes.Create(family, 3, 2), TraceKind.SelfCorrection);
        Assert.False(trace.Loss[0]);
        Assert.All(trace.Loss.Skip(1), Assert.True);
        TrajectoryTurn wrong = trace.Trajectory.Turns[1];
        Assert.NotEmpty(wrong.Invocations);
        Assert.StartsWith(trace.Trajectory.Turns[2].Text.Contains("Error: ", StringComparison.Ordinal) ? "Error: " : wrong.Invocations[0].ResultText[..4], trace.Trajectory.Turns[2].Text);
        Assert.NotEqual(wrong.Text, trace.Trajectory.Turns[3].Text);
    }

    [Fact]
    public async Task SharesDecideTheKindAndTheSameExampleGetsTheSame()
    {
        await using var all = new CotaSynthesizer(new CotaOptions { Positive = 0, OutcomeNegative = 0, TrapLogical = 0, SelfCorrection = 0, TrapPerceptual = 1 });
        Assert.Equal(TraceKind.TrapPerceptual, (await all.CreateAsync(Scenes.Create(PixelBenchFamily.Spot, 2, 1))).Kind);
        await using var mixed = new CotaSynthesizer();
        Example example = Scenes.Create(PixelBenchFamily.Count, 2, 9);
        Assert.Equal(TraceJsonLines.ToLine(await mixed.CreateAsync(example)), TraceJsonLines.ToLine(await mixed.CreateAsync(example)));
        Assert.Throws<ArgumentException>(() => new CotaSynthesizer(new CotaOptions { Positive = -1 }));
    }
}
