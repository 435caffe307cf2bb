using Pixelis.Trajectories;

namespace Pixelis.Abstractions.Tests.Trajectories;

public class TrajectoryJsonTests
{
    [Fact]
    public void A_record_may_lack_what_has_a_default()
    {
        Trajectory read = TrajectoryJson.Parse("""{"id": "a", "model": "m", "question": "q", "end_reason": "Answered", "turns": [{"role": "User", "text": "q"}]}""");
        Assert.Equal((Trajectory.CurrentSchema, "base", EndReason.Answered), (read.Schema, read.PolicyVersion, read.EndReason));
        Assert.Empty(read.Inputs);
        Assert.Empty(Assert.Single(read.Turns).Invocations);
        Assert.Equal(TrajectoryJson.ToLine(read), TrajectoryJson.ToLine(TrajectoryJson.Parse(TrajectoryJson.ToLine(read))));
    }

    [Theory]
    [InlineData("""{"model": "m", "question": "q", "end_reason": "Answered"}""")]
    [InlineData("""{"id": "a", "model": "m", "question": "q", "end_reason": "Answered", "turns": null}""")]
    [InlineData("""{"id": "a", "model": "m", "question": "q", "end_reason": "Bored"}""")]
    [InlineData("null")]
    public void What_must_be_there_must_be_there(string json) => Assert.Throws<TrajectoryFormatException>(() => TrajectoryJson.Parse(json));
}
