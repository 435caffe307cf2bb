using Pixelis.Models.Qwen.Processing;

namespace Pixelis.Models.Qwen.Tests.Processing;

public class BicubicResizerTests
{
    [Theory]
    [InlineData(3, 97, 61, 56, 84)]
    [InlineData(3, 40, 33, 112, 28)]
    [InlineData(3, 5, 3, 56, 28)]
    [InlineData(3, 1, 1, 28, 28)]
    [InlineData(3, 700, 9, 28, 28)]
    [InlineData(3, 64, 50, 64, 28)]
    [InlineData(3, 64, 50, 28, 50)]
    [InlineData(3, 33, 2000, 33, 7)]
    [InlineData(4, 97, 61, 56, 84)]
    [InlineData(1, 97, 61, 56, 84)]
    [InlineData(2, 17, 19, 23, 5)]
    public void AgreesWithThePlainDefinition(int channels, int width, int height, int outputWidth, int outputHeight)
    {
        var source = new byte[width * height * channels];
        new Random(width * 31 + height).NextBytes(source);
        for (int i = 0; i < source.Length; i++) // black and white edges make the filter overshoot
            source[i] = source[i] < 90 ? (byte)0 : source[i] > 160 ? (byte)255 : source[i];
        byte[] expected = Plain(Plain(source, width, height, channels, outputWidth, across: true), outputWidth, height, channels, outputHeight, across: false);
        Assert.Equal(expected, BicubicResizer.Resize(source, width, height, channels, outputWidth, outputHeight));
    }

    [Fact]
    public void ScalarPassesAgreeWithTheVectorPasses()
    {
        unsafe
        {
            ResamplingWeights weights = ResamplingWeights.Bicubic(301, 140);
            int length = 301 * 3 + HorizontalPass.Overread(weights, 3);
            var rows = new byte[4 * length];
            new Random(5).NextBytes(rows);
            byte[] vector = new byte[4 * (140 * 3 + 4)], scalar = new byte[140 * 3];
            fixed (byte* source = rows, target = vector, plain = scalar)
            {
                byte** sources = stackalloc byte*[4];
                byte** targets = stackalloc byte*[4];
                for (int i = 0; i < 4; i++)
                {
                    sources[i] = source + i * length;
                    targets[i] = target + i * (140 * 3 + 4);
                }
                HorizontalPass.Run(weights, 3, sources, targets);
                for (int i = 0; i < 4; i++)
                {
                    HorizontalPass.RunScalar(weights, 3, sources[i], plain);
                    Assert.Equal(scalar, vector.AsSpan(i * (140 * 3 + 4), 140 * 3).ToArray());
                }
            }
        }
    }

    [Fact]
    public void NothingIsWrittenOutsideARow()
    {
        unsafe
        {
            ResamplingWeights weights = ResamplingWeights.Bicubic(9, 5);
            byte** rows = stackalloc byte*[weights.Taps];
            for (int length = 1; length < 200; length++)
            {
                var input = new byte[9 * length];
                new Random(length).NextBytes(input);
                byte[] target = [.. Enumerable.Repeat((byte)77, length + 400)], expected = new byte[length];
                fixed (byte* source = input, output = target, plain = expected)
                fixed (int* whole = weights.Weights, pairs = weights.Pairs)
                {
                    for (int tap = 0; tap < weights.Taps; tap++)
                        rows[tap] = source + Math.Min(tap, 8) * length;
                    VerticalPass.Run(rows, weights.Taps, whole, pairs, output + 200, length);
                    VerticalPass.RunScalar(rows, weights.Taps, whole, plain, length);
                }
                Assert.Equal(expected, target[200..(200 + length)]);
                Assert.All(target[..200].Concat(target[(200 + length)..]), value => Assert.Equal(77, value));
            }
        }
    }

    // One pass written straight from Pillow's description, one value at a time.
    private static byte[] Plain(byte[] source, int width, int height, int channels, int output, bool across)
    {
        int input = across ? width : height;
        if (input == output)
            return source;
        int newWidth = across ? output : width, newHeight = across ? height : output;
        var result = new byte[newWidth * newHeight * channels];
        double scale = (double)input / output, widening = Math.Max(scale, 1), support = 2 * widening;
        for (int i = 0; i < output; i++)
        {
            double centre = (i + 0.5) * scale;
            int from = Math.Max((int)(centre - support + 0.5), 0), to = Math.Min((int)(centre + support + 0.5), input);
            double[] weights = [.. Enumerable.Range(from, to - from).Select(x => Cubic((x - centre + 0.5) * (1 / widening)))];
            double sum = 0;
            foreach (double weight in weights)
                sum += weight;
            int[] whole = [.. weights.Select(w => (int)Math.Round(w / sum * (1 << 22), MidpointRounding.AwayFromZero))];
            for (int other = 0; other < (across ? height : width); other++)
            {
                for (int c = 0; c < channels; c++)
                {
                    int total = 1 << 21;
                    for (int tap = 0; tap < whole.Length; tap++)
                    {
                        int at = across ? other * width + from + tap : (from + tap) * width + other;
                        total += source[at * channels + c] * whole[tap];
                    }
                    int target = across ? other * newWidth + i : i * newWidth + other;
                    result[target * channels + c] = (byte)Math.Clamp(total >> 22, 0, 255);
                }
            }
        }
        return result;
    }

    private static double Cubic(double x)
    {
        x = Math.Abs(x);
        return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
    }
}
