using System.Text;
using System.Text.Json;
using Pixelis.Data;

namespace Pixelis.Online;

/// <summary>
/// A stream of requests: JSON Lines of <c>{"id", "question", "images": [...], "video", "tenant", "subject"}</c>, where a picture is a file relative to the
/// stream's folder, a data URI, or a tensor (<see cref="TensorPixels"/>); and the records of Pixelis' first server
/// (<c>request_id</c>, <c>input_data</c>, <c>input_ids</c>, <c>attention_mask</c>, <c>image_features</c>). Truth is never read: labels and embeddings
/// of such records are passed over, since requests are unlabelled and embeddings another model's. Lines are read one at a time.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="decode">Makes text of token ids, for records that have no question; null refuses them.</param>
public sealed class RequestFile(string path, Func<IReadOnlyList<int>, string>? decode = null)
{
    private const int MaxLineLength = 256 << 20;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>The file's name.</summary>
    public string Name => Path.GetFileName(path);

    /// <summary>Lines that hold something, for a progress bar.</summary>
    /// <exception cref="PixelisException">There is no such file.</exception>
    public int Count()
    {
        RequireFile();
        return File.ReadLines(path, Encoding.UTF8).Count(l => !string.IsNullOrWhiteSpace(l));
    }

    /// <summary>Reads requests.</summary>
    /// <param name="after">The line after which it begins; 0 for the beginning.</param>
    /// <param name="broken">Hears of a line that cannot be read, which is then left out; null (default): it throws.</param>
    /// <exception cref="DatasetFormatException">A line cannot be read; the message names file, line and field, and what was expected.</exception>
    /// <exception cref="PixelisException">There is no such file.</exception>
    public IEnumerable<StreamRequest> Read(int after = 0, Action<int, PixelisException>? broken = null)
    {
        RequireFile();
        int number = 0;
        foreach (string line in File.ReadLines(path, Encoding.UTF8))
        {
            if (++number <= after || string.IsNullOrWhiteSpace(line))
                continue;
            StreamRequest? request = null;
            try
            {
                request = Parse(line, number);
            }
            catch (PixelisException e) when (broken is not null)
            {
                broken(number, e);
            }
            if (request is not null)
                yield return request;
        }
    }

    private StreamRequest Parse(string text, int number)
    {
        if (text.Length > MaxLineLength)
            throw new DatasetFormatException(path, number, null, $"the line has {text.Length} characters; at most {MaxLineLength} are read.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new DatasetFormatException(path, number, null, "a JSON object was expected.");
            var record = new RequestRecord(document.RootElement, path, number, _folder);
            return new StreamRequest(record.Id, number, record.Question(decode), record.Media(), record.Tenant, record.Subject);
        }
        catch (JsonException e)
        {
            throw new DatasetFormatException(path, number, null, $"it is no JSON: {e.Message}", e);
        }
    }

    private void RequireFile()
    {
        if (!File.Exists(path))
            throw new PixelisException($"{path}: there is no such file; JSON Lines of requests were expected.");
    }
}
