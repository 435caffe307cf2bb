namespace Pixelis.Online.Tests.Gates;

public class GateTests
{
    private static readonly GateInput Good = Inputs.Of(Inputs.Vote(10, 0));

    [Fact]
    public void Cold_start_lasts_until_there_are_enough()
    {
        Assert.True(new ColdStart().Check(Good with { Experiences = 100 }).Passed);
        GateResult blocked = new ColdStart().Check(Good with { Experiences = 99 });
        Assert.Equal(("cold_start", false, 99.0, 100.0), (blocked.Gate, blocked.Passed, blocked.Measured, blocked.Threshold));
        Assert.Equal("99 experiences; it collects until there are 100", blocked.Reason);
        Assert.True(new ColdStart(0).Check(Good with { Experiences = 0 }).Passed);
    }

    [Fact]
    public void Confidence_passes_from_the_threshold_on()
    {
        GateInput input = Inputs.Of(Inputs.Vote(7, 2)); // 7 / 9.5
        Assert.True(new ConfidenceGate().Check(input).Passed);
        Assert.True(new ConfidenceGate(7 / 9.5).Check(input).Passed);
        GateResult blocked = new ConfidenceGate(0.75).Check(input);
        Assert.Equal((false, 7 / 9.5, 0.75, "confidence 0.737 is below 0.75"), (blocked.Passed, blocked.Measured, blocked.Threshold, blocked.Reason));
        Assert.False(new ConfidenceGate(0).Check(Inputs.Of(new MajorityVote().Decide([], AnswerSpace.Open))).Passed);
    }

    [Fact]
    public void Novelty_stops_what_is_known_and_what_is_unlike_anything()
    {
        var gate = new NoveltyGate(known: 0.95, strange: 0.3);
        Assert.True(gate.Check(Good).Passed);
        Assert.True(gate.Check(Good with { Nearest = 0.99, NearestLearnt = 0.94 }).Passed); // near, but not to what was learnt
        Assert.True(gate.Check(Good with { Nearest = 0.3, NearestLearnt = null }).Passed);
        GateResult known = gate.Check(Good with { Nearest = 0.99, NearestLearnt = 0.95 });
        Assert.Equal((false, 0.95, 0.95), (known.Passed, known.Measured, known.Threshold));
        GateResult strange = gate.Check(Good with { Nearest = 0.29, NearestLearnt = null });
        Assert.Equal((false, 0.29, 0.3), (strange.Passed, strange.Measured, strange.Threshold));
        Assert.False(gate.Check(Good with { Nearest = null, NearestLearnt = null }).Passed);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoveltyGate(known: 0.1, strange: 0.2));
    }

    [Fact]
    public void Nearness_comes_from_neighbours_and_learning_from_their_labels()
    {
        Experience labelled = new() { RequestId = "a", Question = "q", Embedding = new float[] { 1 }, Label = "x", LabelSource = LabelSource.Vote };
        Neighbor[] neighbors = [new(labelled with { Label = null }, 0.9), new(labelled, 0.6), new(labelled, 0.5)];
        GateInput input = Good.WithNeighbors(neighbors);
        Assert.Equal((0.9, 0.6), (input.Nearest, input.NearestLearnt));
        Assert.Equal((null, null), (Good.WithNeighbors([]).Nearest, Good.WithNeighbors([]).NearestLearnt));
    }

    [Fact]
    public void Rate_passes_below_the_most()
    {
        Assert.True(new RateGate(60).Check(Good with { UpdatesInLastMinute = 59 }).Passed);
        Assert.False(new RateGate(60).Check(Good with { UpdatesInLastMinute = 60 }).Passed);
    }

    [Fact]
    public void Drift_passes_until_it_is_measured_and_large()
    {
        var gate = new DriftGate(10);
        Assert.True(gate.Check(Good).Passed);
        Assert.True(gate.Check(Good with { Drift = new DriftReading(double.NaN, double.NaN, double.NaN, 3, 50) }).Passed);
        Assert.True(gate.Check(Good with { Drift = new DriftReading(10, 1, 2, 50, 50) }).Passed);
        GateResult blocked = gate.Check(Good with { Drift = new DriftReading(1, 10.5, 2, 50, 50) });
        Assert.Equal((false, 10.5, "answers drifted: 10.5, more than 10"), (blocked.Passed, blocked.Measured, blocked.Reason));
        Assert.False(gate.Check(Good with { Drift = new DriftReading(1, 1, double.PositiveInfinity, 50, 50) }).Passed);
    }

    [Fact]
    public void A_chain_asks_all_and_reports_all()
    {
        GateReport passed = GateChain.Default.Check(Good);
        Assert.True(passed.Passed, passed.Reason);
        Assert.Equal(["cold_start", "confidence", "majority", "novelty", "rate", "drift"], passed.Results.Select(r => r.Gate));
        GateReport blocked = GateChain.Default.Check(Good with { Consensus = Inputs.Vote(2, 2), Experiences = 5, UpdatesInLastMinute = 90 });
        Assert.False(blocked.Passed);
        Assert.Equal(6, blocked.Results.Count);
        Assert.Equal(["cold_start", "confidence", "majority", "rate"], blocked.Blocked.Select(r => r.Gate));
        Assert.All(blocked.Blocked, r => Assert.Contains($"{r.Gate}: {r.Reason}", blocked.Reason, StringComparison.Ordinal));
        Assert.True(new GateChain([]).Check(Good).Passed);
        Assert.Throws<ArgumentException>(() => new GateChain([new RateGate(), new RateGate(5)]));
    }

    [Fact]
    public void A_gate_is_a_function_of_its_input()
    {
        foreach (IGate gate in GateChain.Default.Gates)
            Assert.Equal(gate.Check(Good), gate.Check(Good with { Experiences = Good.Experiences }));
    }

    [Fact]
    public void Shadow_learns_and_does_not_serve_it_and_read_only_keeps_nothing()
    {
        Assert.Equal(new OnlinePermissions(Votes: true, Collects: true, Reviews: true, Learns: true, ServesLearnt: true), OnlinePermissions.Of(OnlineMode.Learning));
        Assert.Equal(new OnlinePermissions(Votes: true, Collects: true, Reviews: true, Learns: true, ServesLearnt: false), OnlinePermissions.Of(OnlineMode.Shadow));
        Assert.Equal(new OnlinePermissions(Votes: true, Collects: false, Reviews: false, Learns: false, ServesLearnt: false), OnlinePermissions.Of(OnlineMode.ReadOnly));
        Assert.Throws<ArgumentOutOfRangeException>(() => OnlinePermissions.Of((OnlineMode)9));
    }
}
