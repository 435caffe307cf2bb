namespace Pixelis.Online.Tests;

public class EmbeddingMixerTests
{
    [Fact]
    public void Both_parts_count_by_their_weights_whatever_their_lengths()
    {
        float[] mixed = EmbeddingMixer.Mix([20, 0], [0, 0.5f]);
        double length = Math.Sqrt((0.7 * 0.7) + (0.3 * 0.3));
        Assert.Equal(0.7 / length, mixed[0], 1e-6);
        Assert.Equal(0.3 / length, mixed[1], 1e-6);
    }

    [Fact]
    public void An_absent_part_leaves_the_other_alone()
    {
        Assert.Equal([0.6f, 0.8f], EmbeddingMixer.Mix([], [3, 4]));
        Assert.Equal([0.6f, 0.8f], EmbeddingMixer.Mix([3, 4], []));
        Assert.Equal([0.6f, 0.8f], EmbeddingMixer.Mix([3, 4], [0, 0]));
    }

    [Fact]
    public void What_has_no_direction_is_refused()
    {
        Assert.Throws<PixelisException>(() => EmbeddingMixer.Mix([], []));
        Assert.Throws<PixelisException>(() => EmbeddingMixer.Mix([0, 0], [0, 0]));
        Assert.Throws<PixelisException>(() => EmbeddingMixer.Mix([1, 0], [1, 0, 0]));
        Assert.Throws<PixelisException>(() => EmbeddingMixer.Mix([float.NaN, 0], [1, 0]));
    }
}
