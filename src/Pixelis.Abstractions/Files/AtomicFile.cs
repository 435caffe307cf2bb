using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pixelis;

/// <summary>
/// Files that are written beside their place, flushed to disk and renamed into it: whoever reads sees the old file or the whole new one,
/// and what fails or is cancelled leaves nothing. Several writers of one file do not meet; the last one stays.
/// </summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static void Write(string path, Action<Stream> write)
    {
        string beside = Beside(path);
        try
        {
            using (FileStream stream = File.Create(beside))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>As <see cref="Write"/>, for lines that take time to make. They end with a line feed.</summary>
    public static async Task WriteLinesAsync(string path, Func<TextWriter, Task> write)
    {
        string beside = Beside(path);
        try
        {
            await using (FileStream stream = File.Create(beside))
            {
                await using (var writer = new StreamWriter(stream, Utf8, leaveOpen: true) { NewLine = "\n" })
                    await write(writer);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Text as UTF-8 without a mark.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Utf8.GetBytes(text)));

    /// <summary>Lines as UTF-8, each ended by a line feed.</summary>
    public static void WriteLines(string path, IEnumerable<string> lines) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, Utf8, leaveOpen: true) { NewLine = "\n" };
        foreach (string line in lines)
            writer.WriteLine(line);
    });

    /// <summary>Indented JSON.</summary>
    public static void WriteJson(string path, Action<Utf8JsonWriter> write) => Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        write(json);
    });

    private static string Beside(string path) => $"{path}.{Guid.NewGuid():N}.tmp";
}
