using System.Buffers.Binary;
using System.Text.Json;

namespace Pixelis.Cli.Tests;

/// <summary>
/// The random tiny model, made to answer "7": the rows of "7", of "3" and of the end of a turn in the embedding, which is the output layer too, are set so that a digit
/// follows whatever is asked, and the end follows a digit. So its episodes agree, and there is something to learn from.
/// </summary>
public sealed class AnsweringModel : IAsyncLifetime
{
    private const string Embedding = "model.embed_tokens.weight";
    private const int Width = 256, TurnEnd = 4076, Axis = 198, Way = 4000; // any two other rows
    private const float AlongAxis = 400, AlongWay = -100, End = -2000;

    private readonly TinyModel _tiny = new();

    public string Folder => _tiny.Folder;

    public string Image => _tiny.Image;

    public async Task InitializeAsync()
    {
        await _tiny.InitializeAsync();
        string file = Path.Combine(Folder, "model.safetensors");
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using JsonDocument tensors = JsonDocument.Parse(bytes.AsMemory(8, header));
        using JsonDocument tokenizer = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Folder, "tokenizer.json")));
        JsonElement vocabulary = tokenizer.RootElement.GetProperty("model").GetProperty("vocab");
        int start = 8 + header + tensors.RootElement.GetProperty(Embedding).GetProperty("data_offsets")[0].GetInt32();
        float[] axis = Row(Axis), way = Row(Way);
        Put(vocabulary.GetProperty("7").GetInt32(), i => (AlongAxis * axis[i]) + (AlongWay * way[i]));
        Put(vocabulary.GetProperty("3").GetInt32(), i => (-AlongAxis * axis[i]) + (AlongWay * way[i]));
        Put(TurnEnd, i => End * way[i]);
        await File.WriteAllBytesAsync(file, bytes);

        Span<byte> Place(int row, int column) => bytes.AsSpan(start + (2 * ((Width * row) + column)), 2);
        float[] Row(int row) => [.. Enumerable.Range(0, Width).Select(i => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(Place(row, i)) << 16))];
        void Put(int row, Func<int, float> value)
        {
            for (int i = 0; i < Width; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(Place(row, i), (ushort)(BitConverter.SingleToUInt32Bits(value(i)) >> 16)); // bfloat16
        }
    }

    public Task DisposeAsync() => _tiny.DisposeAsync();
}
