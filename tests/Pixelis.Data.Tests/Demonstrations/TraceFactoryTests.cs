using Pixelis.Trajectories;

namespace Pixelis.Data.Tests.Demonstrations;

public sealed class TraceFactoryTests
{
    // 24 scenes a family here; `pixelis data` runs as many as one likes. At most one of them may go wrong in the tool.
    [Theory]
    [InlineData(PixelBenchFamily.Spot)]
    [InlineData(PixelBenchFamily.Read)]
    [InlineData(PixelBenchFamily.Compare)]
    [InlineData(PixelBenchFamily.Track)]
    [InlineData(PixelBenchFamily.Frame)]
    [InlineData(PixelBenchFamily.Count)]
    public async Task TheDemonstratorAnswersFromWhatTheToolsReturn(PixelBenchFamily family)
    {
        var generator = new PixelBenchGenerator(new PixelBenchOptions { Split = PixelBenchSplit.Validation });
        await using var factory = new TraceFactory();
        var wrong = new List<string>();
        for (int i = 0; i < 24; i++)
        {
            Example example = generator.Create(family, 1 + i % 3, i);
            TrainingTrace trace = await factory.PositiveAsync(example);
            Assert.Equal(EndReason.Answered, trace.Trajectory.EndReason);
            if (trace.Trajectory.Answer != example.Answer)
                wrong.Add($"{example.Id}: '{trace.Trajectory.Answer}', not '{example.Answer}'");
        }
        Assert.True(wrong.Count <= 1, string.Join("\n", wrong));
    }

    [Fact]
    public async Task ATraceIsTheSameEveryTimeAndItsMessagesAreWhatTheModelSaw()
    {
        Example example = new PixelBenchGenerator().Create(PixelBenchFamily.Spot, 1, 3);
        await using var factory = new TraceFactory();
        TrainingTrace trace = await factory.PositiveAsync(example);
        Assert.Equal(TraceJsonLines.ToLine(trace), TraceJsonLines.ToLine(await factory.PositiveAsync(example)));
        IReadOnlyList<TraceMessage> messages = TraceMessages.Of(trace);
        Assert.Equal([Role.User, Role.Assistant, Role.Tool, Role.Assistant], messages.Select(m => m.Message.Role));
        Assert.Equal([false, true, false, true], messages.Select(m => m.IsTarget));
        Assert.IsType<ImagePart>(messages[0].Message.Parts[0]);
        var crop = Assert.IsType<ImagePart>(messages[2].Message.Parts[^1]);
        Assert.Equal((112, 112), (crop.Image.Width, crop.Image.Height));
    }

    [Fact]
    public async Task TwoCallsOfOneTurnAreToldApart()
    {
        Example example = new PixelBenchGenerator().Create(PixelBenchFamily.Compare, 1, 0);
        await using var factory = new TraceFactory();
        TrainingTrace trace = await factory.PositiveAsync(example);
        TrajectoryTurn observed = trace.Trajectory.Turns[2];
        Assert.Contains("obj1:", observed.Text);
        Assert.Equal(observed.Text, TraceMessages.Of(trace)[2].Message.Text);
    }
}
