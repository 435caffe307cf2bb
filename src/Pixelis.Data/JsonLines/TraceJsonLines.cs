using System.Text.Json;

namespace Pixelis.Data;

/// <summary>Training traces as JSON Lines: one object a line, UTF-8.</summary>
public static class TraceJsonLines
{
    /// <summary>One trace as a line of JSON, without the line break.</summary>
    public static string ToLine(TrainingTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return JsonSerializer.Serialize(trace, DataJsonContext.Default.TrainingTrace);
    }

    /// <summary>Reads a file lazily; pixels are not loaded (see <see cref="TraceMedia"/>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="broken">What to do with a line that cannot be read.</param>
    /// <param name="report">Hears of each line that was left out.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">A line cannot be read and is not to be skipped.</exception>
    public static IEnumerable<TrainingTrace> Read(string path, BrokenLines broken = BrokenLines.Refuse, Action<DatasetFormatException>? report = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return JsonLinesFile.Read(path, DataJson.Reader<TrainingTrace>(), Check, broken, report).Select(read => read.Value);
    }

    /// <summary>Writes a file; it is whole or absent.</summary>
    public static void Write(string path, IEnumerable<TrainingTrace> traces)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(traces);
        JsonLinesFile.Write(path, traces, DataJsonContext.Default.TrainingTrace);
    }

    internal static TrainingTrace Check(TrainingTrace read)
    {
        TrainingTrace trace = JsonDefaults.Complete(read);
        if (!trace.Schema.StartsWith("pixelis.trace/", StringComparison.Ordinal))
            throw new FieldException("schema", $"'{trace.Schema}' is not one of 'pixelis.trace/...'.");
        ExampleJsonLines.Check(trace.Example);
        int turns = trace.Trajectory.Turns.Count(t => t.Role == Role.Assistant);
        if (trace.Loss.Count != turns)
            throw new FieldException("loss", $"has {trace.Loss.Count} flags; the trajectory has {turns} assistant turns.");
        if (!double.IsFinite(trace.Weight) || trace.Weight < 0)
            throw new FieldException("weight", $"is {trace.Weight}; expected a number that is not negative.");
        return trace;
    }
}
