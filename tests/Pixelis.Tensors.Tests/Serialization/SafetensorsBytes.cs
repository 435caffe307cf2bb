using System.Buffers.Binary;
using System.Text;

namespace Pixelis.Tensors.Tests;

/// <summary>Safetensors files made by hand, so that a header can say anything.</summary>
internal static class SafetensorsBytes
{
    public const string TwoTensors =
        """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]}}""";

    public static byte[] Make(string header, int dataBytes, ulong? claimedLength = null)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, claimedLength ?? (ulong)json.Length);
        json.CopyTo(bytes, 8);
        for (int i = 0; i < dataBytes; i++)
            bytes[8 + json.Length + i] = (byte)(i * 7);
        return bytes;
    }

    /// <summary>Parses bytes as a file would be parsed; returns what was thrown, or null.</summary>
    public static Exception? Open(byte[] bytes) => Record.Exception(() => SafetensorsHeader.Read("test.safetensors", new MemoryStream(bytes)));
}
