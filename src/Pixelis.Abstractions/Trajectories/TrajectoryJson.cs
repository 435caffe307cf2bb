using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Pixelis.Trajectories;

/// <summary>
/// Trajectories as JSON: one line each, exact both ways (numbers, token ids and float log-probabilities come back bit for bit),
/// fields of later versions kept.
/// </summary>
public static class TrajectoryJson
{
    // A generated reader would give a property that the text lacks the default of its type instead of what the record says.
    private static readonly JsonTypeInfo<Trajectory> Reader = (JsonTypeInfo<Trajectory>)new JsonSerializerOptions(TrajectoryJsonContext.Default.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(), Converters = { new JsonStringEnumConverter() },
    }.GetTypeInfo(typeof(Trajectory));

    /// <summary>One trajectory as one line without a line break.</summary>
    public static string ToLine(Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        return JsonSerializer.Serialize(trajectory, TrajectoryJsonContext.Default.Trajectory);
    }

    /// <summary>Reads what <see cref="ToLine"/> wrote.</summary>
    /// <param name="json">One JSON object.</param>
    /// <param name="source">What to name in an error: a file and line.</param>
    /// <exception cref="TrajectoryFormatException">Not a trajectory of a schema this version reads, or its parts disagree.</exception>
    public static Trajectory Parse(string json, string source = "trajectory")
    {
        Trajectory? trajectory;
        try
        {
            trajectory = JsonSerializer.Deserialize(json, Reader);
        }
        catch (JsonException e)
        {
            throw new TrajectoryFormatException(source, $"not a trajectory: {e.Message}", e);
        }
        if (trajectory is null)
            throw new TrajectoryFormatException(source, "the value is null; a JSON object was expected.");
        Check(trajectory, source);
        return trajectory;
    }

    /// <summary>Writes a trajectory to a file, beside and renamed into place.</summary>
    public static void Save(Trajectory trajectory, string path) => AtomicFile.WriteText(path, ToLine(trajectory) + "\n");

    /// <summary>Reads a trajectory file.</summary>
    /// <exception cref="TrajectoryFormatException">Not a trajectory.</exception>
    public static Trajectory Load(string path) => Parse(File.ReadAllText(path), path);

    private static void Check(Trajectory t, string source)
    {
        if (!t.Schema.StartsWith("pixelis.trajectory/", StringComparison.Ordinal))
            throw new TrajectoryFormatException(source, $"schema '{t.Schema}' is not one of 'pixelis.trajectory/...'.");
        int count = t.TokenIds.Count;
        if (t.Provenance.Count != count || t.LogProbabilities.Count != count)
            throw new TrajectoryFormatException(source, $"{count} token ids, {t.Provenance.Count} provenances and {t.LogProbabilities.Count} log-probabilities; the three must agree.");
        if (t.Turns.Contains(null!) || t.Inputs.Contains(null!) || t.Tools.Contains(null!))
            throw new TrajectoryFormatException(source, "turns, inputs or tools hold a null; objects were expected.");
        foreach (TrajectoryTurn turn in t.Turns)
        {
            if (turn.InputPositions.Count > 0 && turn.InputPositions.Count != turn.InputNumbers.Count)
                throw new TrajectoryFormatException(source, $"a turn shows {turn.InputNumbers.Count} inputs at {turn.InputPositions.Count} positions; the two must agree.");
            if (turn.TokenStart < 0 || turn.TokenCount < 0 || turn.TokenStart > count - turn.TokenCount)
                throw new TrajectoryFormatException(source, $"a turn spans tokens {turn.TokenStart}..{(long)turn.TokenStart + turn.TokenCount}, but there are {count}.");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    MaxDepth = 64)]
[JsonSerializable(typeof(Trajectory))]
internal sealed partial class TrajectoryJsonContext : JsonSerializerContext;
