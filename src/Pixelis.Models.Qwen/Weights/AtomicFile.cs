using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pixelis.Models.Qwen;

/// <summary>Small JSON files that are written beside their target and renamed.</summary>
internal static class AtomicFile
{
    public static void Write(string path, Action<Utf8JsonWriter> write)
    {
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = File.Create(beside))
            {
                using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                    write(json);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
