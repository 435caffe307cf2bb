using Pixelis.Imaging.Video;

namespace Pixelis.Imaging.Tests.Video;

public class FrameSamplerTests
{
    // Worked out by hand from Qwen's rule: rate, bounds, even numbers.
    [Theory]
    [InlineData(53, 25, 2, 4, 768, 4)]     // 2.12 s at 2 per second is 4.24
    [InlineData(250, 25, 2, 4, 768, 20)]
    [InlineData(250, 25, 2, 4, 9, 8)]      // a maximum of 9 becomes 8
    [InlineData(25, 25, 2, 4, 768, 4)]     // the minimum
    [InlineData(3, 25, 2, 4, 768, 2)]      // no more than there are, and even
    [InlineData(1, 25, 2, 4, 768, 1)]
    [InlineData(100000, 25, 2, 4, 768, 768)]
    [InlineData(53, 25, 25, 4, 768, 52)]
    public void CountFollowsTheRule(int frames, double rate, double wanted, int least, int most, int expected) =>
        Assert.Equal(expected, FrameSampler.Count(frames, rate, new VideoSampling { FramesPerSecond = wanted, MinFrames = least, MaxFrames = most }));

    [Theory]
    [InlineData(53, 4, new[] { 0, 17, 35, 52 })]     // 17.33, 34.67
    [InlineData(10, 10, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(6, 3, new[] { 0, 2, 5 })]            // 2.5 rounds to even
    [InlineData(1, 1, new[] { 0 })]
    [InlineData(5, 1, new[] { 0 })]
    public void IndicesAreEvenlySpaced(int frames, int count, int[] expected) => Assert.Equal(expected, FrameSampler.Indices(frames, count));

    [Fact]
    public void IndicesStayInsideAndInOrder()
    {
        for (int frames = 1; frames < 300; frames++)
        {
            int count = FrameSampler.Count(frames, 24, new VideoSampling());
            int[] indices = FrameSampler.Indices(frames, count);
            Assert.Equal(indices.Order(), indices);
            Assert.InRange(indices[0], 0, 0);
            Assert.InRange(indices[^1], 0, frames - 1);
        }
    }
}
