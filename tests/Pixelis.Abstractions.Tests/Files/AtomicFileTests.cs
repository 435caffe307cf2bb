using Pixelis.TestKit;

namespace Pixelis.Abstractions.Tests.Files;

public class AtomicFileTests
{
    [Fact]
    public async Task What_fails_leaves_the_old_file_and_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteText(folder["a"], "old");
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(folder["a"], stream =>
        {
            stream.WriteByte(1);
            throw new InvalidDataException();
        }));
        Assert.Throws<InvalidDataException>(() => AtomicFile.WriteLines(folder["a"], Enumerable.Range(0, 3).Select(i => i < 2 ? "line" : throw new InvalidDataException())));
        await Assert.ThrowsAsync<OperationCanceledException>(() => AtomicFile.WriteLinesAsync(folder["a"], async writer =>
        {
            await writer.WriteLineAsync("line");
            throw new OperationCanceledException();
        }));
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Equal([folder["a"]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Text_is_utf8_without_a_mark_and_lines_end_with_a_line_feed()
    {
        using var folder = new TemporaryFolder();
        AtomicFile.WriteLines(folder["a"], ["ä", "b"]);
        await AtomicFile.WriteLinesAsync(folder["b"], writer => writer.WriteLineAsync("ä"));
        Assert.Equal([0xC3, 0xA4, 0x0A, 0x62, 0x0A], File.ReadAllBytes(folder["a"]));
        Assert.Equal([0xC3, 0xA4, 0x0A], File.ReadAllBytes(folder["b"]));
    }

    [Fact]
    public async Task Writers_at_the_same_time_leave_one_whole_file()
    {
        using var folder = new TemporaryFolder();
        string[] texts = [.. Enumerable.Range(0, 8).Select(i => new string((char)('a' + i), 10_000))];
        await Task.WhenAll(texts.Select(text => Task.Run(() => AtomicFile.WriteText(folder["a"], text))));
        Assert.Contains(File.ReadAllText(folder["a"]), texts);
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
