using System.Text.Json;

namespace Pixelis.Online.Tests.Gates;

public class DriftMonitorTests
{
    private static readonly ConsensusResult Cat = Vote("cat"), Dog = Vote("dog");

    [Fact]
    public void The_statistic_is_the_squared_distance_of_means_over_its_expectation()
    {
        var monitor = new DriftMonitor(1, reference: 2, window: 2);
        monitor.Observe(new float[] { 0 }, Cat);
        monitor.Observe(new float[] { 2 }, Dog);
        monitor.Observe(new float[] { 3 }, Cat);
        Assert.False(monitor.Measure().IsMeasured);
        monitor.Observe(new float[] { 5 }, Cat);
        DriftReading reading = monitor.Measure();
        Assert.Equal(4.5, reading.Embeddings, 1e-9); // (4 - 1)² over variance 2 times (1/2 + 1/2)
        Assert.Equal(1, reading.Answers, 1e-9); // (1/2)² + (1/2)² over variance 1/2
        Assert.Equal(0, reading.Confidence, 1e-9);
        Assert.Equal((4.5, 2, 2), (Math.Round(reading.Largest, 9), reading.Observed, reading.Window));
    }

    [Fact]
    public void A_stream_that_does_not_change_has_one_on_average_and_rarely_much()
    {
        var random = new Random(5);
        double sum = 0;
        int alarms = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            DriftReading reading = Feed(new DriftMonitor(8, 60, 20), random, 80, 0, 0.5).Measure();
            sum += reading.Embeddings;
            alarms += reading.Largest > 10.8 ? 1 : 0;
        }
        Assert.InRange(sum / 400, 0.9, 1.1);
        Assert.InRange(alarms, 0, 4);
    }

    [Theory]
    [InlineData(0.8, 0.5)] // requests move
    [InlineData(0, 1.0)] // all answers become one
    public void A_change_shows(double shift, double catShare)
    {
        var random = new Random(6);
        DriftMonitor monitor = Feed(new DriftMonitor(8, 200, 50), random, 250, 0, 0.5);
        Assert.True(monitor.Measure().Largest < 15.1);
        Feed(monitor, random, 50, shift, catShare);
        Assert.True(monitor.Measure().Largest > 15.1);
        monitor.Rebase();
        Assert.False(monitor.Measure().IsMeasured);
        Feed(monitor, random, 200, shift, catShare);
        Assert.True(monitor.Measure().Largest < 15.1);
    }

    [Fact]
    public void Less_confidence_shows()
    {
        var monitor = new DriftMonitor(1, 20, 10);
        for (int i = 0; i < 30; i++)
            monitor.Observe(new float[] { i % 2 }, Vote("cat", i < 20 ? 0.8 + (i % 2 * 0.1) : 0.3 + (i % 2 * 0.1)));
        DriftReading reading = monitor.Measure();
        Assert.True(reading.Confidence > 100 && reading.Embeddings < 1 && reading.Answers < 1);
    }

    [Fact]
    public void The_state_goes_through_json_and_goes_on()
    {
        var random = new Random(7);
        DriftMonitor monitor = Feed(new DriftMonitor(4, 30, 10), random, 50, 0, 0.5), other = new(4, 30, 10);
        string json = JsonSerializer.Serialize(monitor.Save());
        Assert.DoesNotContain("cat", json, StringComparison.Ordinal);
        other.Load(JsonSerializer.Deserialize<DriftState>(json)!);
        Assert.Equal(monitor.Measure(), other.Measure());
        Feed(monitor, new Random(8), 3, 1, 1);
        Feed(other, new Random(8), 3, 1, 1);
        Assert.Equal(monitor.Measure(), other.Measure());
        var half = new DriftMonitor(4, 30, 10);
        half.Load(Feed(new DriftMonitor(4, 30, 10), random, 7, 0, 0.5).Save());
        Assert.Equal(0, Feed(half, random, 23, 0, 0.5).Measure().Observed);
        Assert.Equal(1, Feed(half, random, 1, 0, 0.5).Measure().Observed);
    }

    [Fact]
    public void What_is_no_observation_and_no_state_is_refused()
    {
        var monitor = new DriftMonitor(2);
        Assert.Throws<PixelisException>(() => monitor.Observe(new float[] { 1 }, Cat));
        Assert.Throws<PixelisException>(() => monitor.Observe(new float[] { 1, float.NaN }, Cat));
        DriftState state = monitor.Save();
        Assert.Throws<PixelisException>(() => monitor.Load(state with { Version = 2 }));
        Assert.Throws<PixelisException>(() => monitor.Load(state with { EmbeddingSum = [1] }));
        Assert.Throws<PixelisException>(() => monitor.Load(state with { Observed = 3 }));
        Assert.Throws<PixelisException>(() => monitor.Load(state with { EmbeddingSum = [1, double.NaN] }));
        monitor.Load(state);
    }

    private static DriftMonitor Feed(DriftMonitor monitor, Random random, int count, double shift, double catShare)
    {
        int dimension = monitor.Save().EmbeddingSum.Count;
        for (int i = 0; i < count; i++)
        {
            float[] embedding = [.. Enumerable.Range(0, dimension).Select(d => (float)(random.NextDouble() + (d == 0 ? shift : 0)))];
            monitor.Observe(embedding, random.NextDouble() < catShare ? Cat : Dog);
        }
        return monitor;
    }

    private static ConsensusResult Vote(string answer, double confidence = 1) => new WeightedVote().Decide([Ballot.Own(0, answer, confidence)], AnswerSpace.Open);
}
