namespace Pixelis.Tensors.Tests;

public sealed class SafetensorsHeaderTests
{
    [Fact]
    public void A_sound_header_is_read()
    {
        (Dictionary<string, SafetensorsEntry> entries, Dictionary<string, string> metadata) =
            SafetensorsHeader.Read("f", new MemoryStream(SafetensorsBytes.Make(SafetensorsBytes.TwoTensors, 32)));
        Assert.Equal("pt", metadata["format"]);
        Assert.Equal([2L, 3L], entries["a"].Shape);
        Assert.Equal(8 + SafetensorsBytes.TwoTensors.Length + 24, entries["b"].Offset);
        Assert.Equal(8, entries["b"].ByteCount);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "a", "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "a", "shape [3] of F32 takes 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "a", "claims bytes 8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "a", "whole numbers")]
    [InlineData("""{"a":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}""", 8, "a", "unknown dtype 'F99'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807,9223372036854775807,4],"data_offsets":[0,8]}}""", 8, "a", "absurd shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0,9223372036854775807,9223372036854775807],"data_offsets":[0,0]}}""", 0, "a", "absurd shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,1]}}""", 1, "a", "more than 16")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[8],"data_offsets":[4,12]}}""", 12, "b", "overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[8,12]}}""", 12, "b", "no gaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 12, null, "belong to no tensor")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4, "a", "twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4]}}""", 4, "a", "needs dtype, shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4],"x":1}}""", 4, "a", "unknown field 'x'")]
    [InlineData("""{"a":7}""", 0, "a", "must be described by an object")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, null, "object of strings")]
    [InlineData("""[1]""", 0, null, "must be a JSON object")]
    [InlineData("""{"a":""", 0, null, "not valid JSON")]
    [InlineData("""{}{}""", 0, null, "JSON")]
    public void A_lying_header_is_refused_with_tensor_and_expectation(string header, int dataBytes, string? tensor, string expectation)
    {
        var e = Assert.IsType<SafetensorsException>(SafetensorsBytes.Open(SafetensorsBytes.Make(header, dataBytes)));
        Assert.Equal("test.safetensors", e.File);
        Assert.Equal(tensor, e.Tensor);
        Assert.Contains(expectation, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001UL)]
    [InlineData(5000UL)]
    public void A_header_longer_than_the_file_or_the_limit_is_refused_before_it_is_allocated(ulong length)
    {
        byte[] bytes = SafetensorsBytes.Make("{}", 100, length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsType<SafetensorsException>(SafetensorsBytes.Open(bytes));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public void A_file_too_short_for_a_header_is_refused()
    {
        for (int length = 0; length < 10; length++)
            Assert.IsType<SafetensorsException>(SafetensorsBytes.Open(new byte[length]));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string deep = "{\"a\":" + new string('[', 10_000) + new string(']', 10_000) + "}";
        Assert.IsType<SafetensorsException>(SafetensorsBytes.Open(SafetensorsBytes.Make(deep, 0)));
    }

    [Fact]
    public void Ten_thousand_mutated_files_crash_nothing_and_allocate_little()
    {
        var random = new Random(20250101);
        byte[] sound = SafetensorsBytes.Make(SafetensorsBytes.TwoTensors, 32);
        int refused = 0;
        long largest = 0;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (int i = 0; i < 10_000; i++)
        {
            byte[] mutant = Mutate(sound, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? e = SafetensorsBytes.Open(mutant);
            largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(e is null or SafetensorsException, $"mutant {i}: {e}");
            refused += e is null ? 0 : 1;
        }

        Assert.InRange(refused, 5_000, 10_000);
        Assert.True(largest < 1 << 20, $"one mutant allocated {largest} bytes");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
    }

    private static byte[] Mutate(byte[] sound, Random random)
    {
        var bytes = new List<byte>(sound);
        for (int edits = random.Next(1, 5); edits > 0; edits--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 30), bytes.Count - at))); break;
                case 4: bytes[random.Next(8) % bytes.Count] = (byte)random.Next(256); break;
                default: bytes[at] = (byte)"0123456789[]{},:\"-.eE"[random.Next(21)]; break;
            }

            if (bytes.Count == 0)
                bytes.Add(0);
        }

        return [.. bytes];
    }
}
