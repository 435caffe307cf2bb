using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>A thing that was acknowledged, or must hold, and does not.</summary>
/// <param name="Kind">answer, feedback, review, audit, version, store or start.</param>
/// <param name="What">Which one, and how it is.</param>
internal sealed record Loss(string Kind, string What);

/// <summary>How much of a file of the audit log was seen, and its SHA-256.</summary>
internal sealed record SeenFile(string Name, long Length, string Sum);

/// <summary>One kill: a line of the file of results.</summary>
internal sealed record KillRecord
{
    public const string CurrentSchema = "pixelis.crashes/1";

    public string Schema { get; init; } = CurrentSchema;

    public required int Kill { get; init; }

    public required int Seed { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What the server was at when it was killed.</summary>
    public required string Phase { get; init; }

    /// <summary>Seconds from the start of the process to its address; null when it was killed before.</summary>
    public double? Ready { get; init; }

    /// <summary>Seconds that it lived.</summary>
    public required double Lived { get; init; }

    /// <summary>Seconds of everything: start, life, kill, checks.</summary>
    public double Seconds { get; init; }

    /// <summary>Requests without an answer when it was killed.</summary>
    public int InFlight { get; init; }

    public IReadOnlyList<AckedAnswer> Answers { get; init; } = [];

    public IReadOnlyList<AckedFeedback> Feedback { get; init; } = [];

    public IReadOnlyList<AckedReview> Reviews { get; init; } = [];

    /// <summary>Whether stores were read before the next start; else after it, while it served.</summary>
    public bool CheckedOffline { get; init; }

    public IReadOnlyList<Loss> Lost { get; init; } = [];

    /// <summary>Answers that were given and not kept, which the audit log says.</summary>
    public int NotKept { get; init; }

    /// <summary>Versions published so far, by the audit log.</summary>
    public int Published { get; init; }

    public string? Serving { get; init; }

    public IReadOnlyList<SeenFile> Audit { get; init; } = [];

    /// <summary>What was written before; nothing without a file.</summary>
    public static List<KillRecord> ReadAll(string path) => !File.Exists(path)
        ? []
        // A last line that a kill of this program cut short is left out, and cut off.
        : [.. Whole(path).Select(line => JsonSerializer.Deserialize(line, CrashJson.Default.KillRecord)!)];

    public void Append(string path) => File.AppendAllText(path, JsonSerializer.Serialize(this, CrashJson.Default.KillRecord) + "\n");

    private static string[] Whole(string path)
    {
        string text = File.ReadAllText(path);
        int end = text.LastIndexOf('\n') + 1;
        if (end < text.Length)
            File.WriteAllText(path, text[..end]);
        return text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KillRecord))]
internal sealed partial class CrashJson : JsonSerializerContext;
