using System.Buffers.Binary;
using System.Text;
using Pixelis.TestKit;

namespace Pixelis.Training.Tests.Observers;

public class TensorBoardWriterTests
{
    [Fact]
    public void Checksums_are_those_of_the_published_examples()
    {
        // RFC 3720, B.4.
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
        Assert.Equal(0x46DD794Eu, Crc32C.Of(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
    }

    [Fact]
    public void Records_hold_the_version_and_the_scalars_and_their_checksums_are_right()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new TensorBoardWriter(folder.Path))
        {
            writer.Scalar("a/b", 300, 1.5);
            writer.Scalar("nan", 1, double.NaN);
        }

        string file = Assert.Single(Directory.GetFiles(folder.Path, "events.out.tfevents.*"));
        List<byte[]> records = Records(File.ReadAllBytes(file));
        Assert.Equal(2, records.Count);
        Assert.EndsWith("brain.Event:2", Encoding.UTF8.GetString(records[0]));
        // After the nine bytes of the wall time: step = 300 as a varint, then summary { value { tag: "a/b" simple_value: 1.5 } }.
        byte[] expected = [0x10, 0xAC, 0x02, 0x2A, 12, 0x0A, 10, 0x0A, 3, (byte)'a', (byte)'/', (byte)'b', 0x15, 0, 0, 0xC0, 0x3F];
        Assert.Equal(0x09, records[1][0]);
        Assert.Equal(expected, records[1][9..]);
    }

    private static List<byte[]> Records(byte[] file)
    {
        var records = new List<byte[]>();
        int at = 0;
        while (at < file.Length)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Crc32C.Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] data = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Crc32C.Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(data);
            at += 16 + length;
        }

        return records;
    }
}
