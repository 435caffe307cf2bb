using System.Buffers.Binary;
using System.Diagnostics;
using Xunit.Abstractions;

namespace Pixelis.Imaging.Tests.Robustness;

/// <summary>
/// Damaged files never crash, hang or cost much memory: each decodes, or fails with a typed error. 10,000 files by default;
/// <c>PIXELIS_FUZZ=10</c> makes it ten times as many, <c>PIXELIS_FUZZ_SEED</c> chooses others.
/// </summary>
public class ImageFuzzTests(ITestOutputHelper output)
{
    private static readonly double Scale = Number("PIXELIS_FUZZ", 1);

    [Fact]
    public void SeedsDecode() => Assert.All(SeedImages.All(), seed => Assert.True(OpenCvImageCodec.Shared.Decode(seed).Width > 0));

    [Fact]
    public void GifsKeepTransparencyAndUndoInterlacing()
    {
        PixelImage plain = OpenCvImageCodec.Shared.Decode(SeedImages.Gif(interlaced: false));
        Assert.Equal((16, 9, PixelFormat.Rgba32), (plain.Width, plain.Height, plain.Format));
        Assert.Equal([255, 0, 0, 255], plain.Row(4)[..4].ToArray());
        Assert.Equal([0, 0, 255, 255], plain.Row(8)[(8 * 4)..(9 * 4)].ToArray());
        Assert.Equal([0, 0, 0, 0], plain.Row(0)[(15 * 4)..].ToArray());
        Assert.Equal(plain.ContentHash, OpenCvImageCodec.Shared.Decode(SeedImages.Gif(interlaced: true)).ContentHash);
    }

    [Fact]
    public void PalettesAndTheirTransparencyAreExpanded()
    {
        PixelImage image = OpenCvImageCodec.Shared.Decode(SeedImages.Palette(bits: 4));
        Assert.Equal(PixelFormat.Rgba32, image.Format);
        Assert.Equal([0, 255, 0, 128, 0, 0, 255, 255], image.Row(0)[..8].ToArray());
    }

    [Fact]
    public void DamagedFilesDecodeOrFailWithATypedError()
    {
        List<byte[]> seeds = SeedImages.All();
        var random = new Random((int)Number("PIXELIS_FUZZ_SEED", 20251122));
        int rounds = (int)(10_000 * Scale), decoded = 0;
        TimeSpan slowest = default;
        var total = Stopwatch.StartNew();
        for (int round = 0; round < rounds; round++)
        {
            byte[] file = Damage(seeds[round % seeds.Count], random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            if (Decodes(file, round))
                decoded++;
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 700_000_000, $"round {round} allocated {allocated} bytes: {Convert.ToHexString(file)}");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"round {round} took {watch.Elapsed}: {Convert.ToHexString(file)}");
        }
        long peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        output.WriteLine($"{rounds} files, {decoded} decoded, {total.Elapsed.TotalSeconds:F1} s, slowest {slowest.TotalMilliseconds:F0} ms, peak {peak} MiB");
        Assert.InRange(decoded, rounds / 50, rounds * 49 / 50);
        Assert.InRange(peak, 0, 3000);
    }

    [Fact]
    public void HeadersOfRandomBytesNeverEscapeTheirBounds()
    {
        byte[][] starts = [[0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF], [.. "RIFF\0\0\0\0WEBPVP8X"u8], [.. "GIF89a"u8], [.. "BM"u8], [.. "II*\0"u8], [.. "MM\0*"u8]];
        var random = new Random(3);
        for (int round = 0; round < 20_000 * Scale; round++)
        {
            var tail = new byte[random.Next(120)];
            random.NextBytes(tail);
            byte[] file = [.. starts[round % starts.Length], .. tail];
            try
            {
                Assert.True(OpenCvImageCodec.Shared.Identify(file).PixelCount > 0);
            }
            catch (ImageFormatException)
            {
                // the expected answer
            }
        }
    }

    private static bool Decodes(byte[] file, int round)
    {
        try
        {
            PixelImage image = OpenCvImageCodec.Shared.Decode(file);
            Assert.InRange((long)image.Width * image.Height, 1, 100_000_000);
            return true;
        }
        catch (ImageFormatException e)
        {
            Assert.False(string.IsNullOrWhiteSpace(e.Message));
            return false;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Round {round}: {e.GetType().Name} for {Convert.ToHexString(file)}", e);
        }
    }

    private static byte[] Damage(byte[] seed, Random random)
    {
        byte[] file = [.. seed];
        int kind = random.Next(6);
        if (kind == 0)
            file = file[..random.Next(file.Length)];
        else if (kind == 1) // a piece twice, or left out
        {
            int from = random.Next(file.Length), length = random.Next(Math.Min(64, file.Length - from) + 1);
            file = random.Next(2) == 0 ? [.. file[..(from + length)], .. file[from..]] : [.. file[..from], .. file[(from + length)..]];
        }
        int reach = kind < 4 ? Math.Min(file.Length, 64) : file.Length; // mostly headers
        for (int i = random.Next(5); i > 0 && reach > 0; i--)
        {
            int at = random.Next(reach);
            file[at] = random.Next(4) switch { 0 => 0, 1 => 0xFF, 2 => (byte)(file[at] ^ (1 << random.Next(8))), _ => (byte)random.Next(256) };
        }
        if (random.Next(2) == 0)
            MendPngSums(file);
        return file;
    }

    // Without right check sums no damage would reach the decoder behind them.
    private static void MendPngSums(byte[] file)
    {
        if (file.Length < 8 || file[0] != 0x89)
            return;
        for (int at = 8; at + 12 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (length > file.Length - at - 12)
                return;
            byte[] named = file[(at + 4)..(at + 8 + (int)length)];
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(at + 8 + (int)length), ExifWriter.Crc32(named));
            at += 12 + (int)length;
        }
    }

    private static double Number(string variable, double fallback) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), out double value) && value > 0 ? value : fallback;
}
