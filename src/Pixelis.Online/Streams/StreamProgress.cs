using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Online;

/// <summary>How far a stream was read, and what came of it so far. As the file <c>stream.json</c> keeps it.</summary>
public sealed record StreamProgress
{
    /// <summary>Lines that are done: the next one is after this.</summary>
    public int Line { get; init; }

    /// <summary>A hash of the name of the last request of these, by which the stream is known again; empty for none.</summary>
    public string Last { get; init; } = "";

    /// <summary>Requests that were answered.</summary>
    public long Answered { get; init; }

    /// <summary>Requests that could not be read or answered.</summary>
    public long Failed { get; init; }

    /// <summary>What answers are used for, by name.</summary>
    public IReadOnlyDictionary<string, long> Uses { get; init; } = new SortedDictionary<string, long>();

    /// <summary>Answers that a gate held back, by gate; one may be held back by several.</summary>
    public IReadOnlyDictionary<string, long> Gates { get; init; } = new SortedDictionary<string, long>();

    /// <summary>Updates that were applied.</summary>
    public long Updates { get; init; }

    /// <summary>Versions that were made.</summary>
    public long Versions { get; init; }

    internal StreamProgress With(OnlineAnswer answer) => this with
    {
        Answered = Answered + 1,
        Uses = Counted(Uses, [AnswerUses.NameOf(answer.Use)]),
        Gates = Counted(Gates, answer.Gates.Blocked.Select(g => g.Gate)),
    };

    /// <summary>What a file says; the beginning when there is none.</summary>
    /// <exception cref="PixelisException">It cannot be read.</exception>
    internal static StreamProgress Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), StreamJson.Default.StreamProgress) ?? new StreamProgress() : new StreamProgress();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PixelisException($"{file}: how far the stream was read cannot be read ({e.Message}). Remove the file to read the stream from its beginning; what was remembered is not asked again.", e);
        }
    }

    internal static string HashOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 8));

    internal void Write(string file) => AtomicFile.WriteText(file, JsonSerializer.Serialize(this, StreamJson.Default.StreamProgress) + "\n");

    private static SortedDictionary<string, long> Counted(IReadOnlyDictionary<string, long> counts, IEnumerable<string> names)
    {
        var all = new SortedDictionary<string, long>(counts.ToDictionary(), StringComparer.Ordinal);
        foreach (string name in names)
            all[name] = all.GetValueOrDefault(name) + 1;
        return all;
    }
}

/// <summary>How the file looks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(StreamProgress))]
internal sealed partial class StreamJson : JsonSerializerContext;
