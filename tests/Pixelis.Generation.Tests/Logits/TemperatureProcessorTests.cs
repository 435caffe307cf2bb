using Pixelis.Generation.Logits;

namespace Pixelis.Generation.Tests.Logits;

public class TemperatureProcessorTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public void Divides_distances_between_logits(double temperature)
    {
        float[] row = [3, 1, -2, float.NegativeInfinity];
        new TemperatureProcessor(temperature).Process(row, new TokenHistory([]));
        Assert.Equal(2 / temperature, row[0] - row[1], 1e-6);
        Assert.Equal(5 / temperature, row[0] - row[2], 1e-6);
        Assert.Equal(float.NegativeInfinity, row[3]);
    }
}
