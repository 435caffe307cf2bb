using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using Pixelis.Online.Storage;
using Pixelis.TestKit;

namespace Pixelis.Online.Tests;

/// <summary>Erased means gone from the files, not only from the tables.</summary>
public sealed class ErasedBytesTests : IDisposable
{
    private const int Dimension = 16;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_byte_of_a_person_stays_while_the_store_is_open()
    {
        byte[][] marks = await FillAsync(async buffer =>
        {
            await buffer.RebuildIndexAsync();
            byte[][] before = Marks();
            byte[] files = await BytesAsync();
            Assert.All(before, mark => Assert.True(files.AsSpan().IndexOf(mark) >= 0, Describe(mark)));
            await buffer.EraseAsync("them-5f2a");
            byte[] left = await BytesAsync();
            Assert.All(before, mark => Assert.True(left.AsSpan().IndexOf(mark) < 0, Describe(mark)));
            // The others are still there, every one.
            Assert.Equal(360, await buffer.CountAsync());
            Assert.Equal(360, (await buffer.SampleAsync(1000, 1)).Count);
            Assert.True(left.AsSpan().IndexOf(Encoding.UTF8.GetBytes("question of r1,")) >= 0);
        });
        byte[] closed = await BytesAsync();
        Assert.All(marks, mark => Assert.True(closed.AsSpan().IndexOf(mark) < 0, Describe(mark)));
    }

    [Fact]
    public async Task An_erasure_that_was_cut_short_is_finished_when_the_store_is_opened()
    {
        byte[][] marks = await FillAsync(buffer => buffer.RebuildIndexAsync());
        using (SqliteConnection connection = new StoreFiles(_folder["store"]).OpenWriter(0))
        {
            // What a process does that is killed right after the rows are gone.
            connection.Run("BEGIN");
            SubjectErasure.Apply(connection, "them-5f2a");
            connection.Run("COMMIT");
            Assert.True(SubjectErasure.IsPending(connection));
        }
        Assert.Contains(marks, mark => BytesAsync().Result.AsSpan().IndexOf(mark) >= 0);
        await Open().DisposeAsync();
        byte[] left = await BytesAsync();
        Assert.All(marks, mark => Assert.True(left.AsSpan().IndexOf(mark) < 0, Describe(mark)));
        using (SqliteConnection connection = new StoreFiles(_folder["store"]).OpenWriter(0))
            Assert.False(SubjectErasure.IsPending(connection));
    }

    private static byte[][] Marks() =>
    [
        .. Enumerable.Range(0, 400).Where(i => i % 10 == 3).SelectMany(i => new[]
        {
            Encoding.UTF8.GetBytes($"question of r{i},"),
            Encoding.UTF8.GetBytes($"thoughts of e{i}\""),
            MemoryMarshal.AsBytes<float>(Examples.Unit(Dimension, i)).ToArray(),
        }),
        Encoding.UTF8.GetBytes("them-5f2a"),
        Encoding.UTF8.GetBytes("replaced-label-77"),
        PictureStore.Encode(Examples.Picture(3)).AsSpan(40, 64).ToArray(),
    ];

    private async Task<byte[][]> FillAsync(Func<ExperienceBuffer, Task> then)
    {
        await using ExperienceBuffer buffer = Open();
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => AddAsync(buffer, i)));
        await then(buffer);
        return Marks();
    }

    private static async Task AddAsync(ExperienceBuffer buffer, int i)
    {
        bool isTheirs = i % 10 == 3;
        // Rows of many sizes, so that pages split and cells move.
        string question = $"question of r{i}, {new string((char)('a' + (i % 26)), i * 37 % 3000)}";
        Experience added = await buffer.AddAsync(Examples.Experience($"r{i}", Dimension, i) with
        {
            Question = question,
            Subject = isTheirs ? "them-5f2a" : null,
            Label = i == 13 ? "replaced-label-77" : "label",
            Episodes = [Examples.Episode($"e{i}", Examples.Picture(isTheirs ? 3 : 4))],
        });
        if (i == 13)
            await buffer.RelabelAsync(added.Id, "label", LabelSource.Person, 1, 1);
        if (isTheirs)
            await buffer.RecordVersionAsync("v1", [added.Id]);
    }

    // Through another process: one that opens and closes a database's file takes away SQLite's locks on it in its own process.
    private async Task<byte[]> BytesAsync()
    {
        string copy = _folder[$"copy-{Guid.NewGuid():N}"];
        (await ChildProcess.RunAsync("cp", ["-r", _folder["store"], copy])).Succeeded();
        return [.. Directory.GetFiles(copy).SelectMany(File.ReadAllBytes)];
    }

    private ExperienceBuffer Open() => ExperienceBuffer.Open(_folder["store"], new ExperienceBufferOptions
    {
        Dimension = Dimension, Neighbors = new() { TailSize = 64, Construction = 40 },
    });

    private static string Describe(byte[] mark) => $"'{Encoding.Latin1.GetString(mark)}'";
}
