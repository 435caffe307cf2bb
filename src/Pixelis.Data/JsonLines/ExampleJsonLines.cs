using System.Text.Json;

namespace Pixelis.Data;

/// <summary>Examples as JSON Lines: one object a line, UTF-8.</summary>
public static class ExampleJsonLines
{
    /// <summary>One example as a line of JSON, without the line break.</summary>
    public static string ToLine(Example example)
    {
        ArgumentNullException.ThrowIfNull(example);
        return JsonSerializer.Serialize(example, DataJsonContext.Default.Example);
    }

    /// <summary>Reads a file lazily; pixels are not loaded (see <see cref="MediaLoader"/>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="broken">What to do with a line that cannot be read.</param>
    /// <param name="report">Hears of each line that was left out.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">A line cannot be read and is not to be skipped.</exception>
    public static IEnumerable<Example> Read(string path, BrokenLines broken = BrokenLines.Refuse, Action<DatasetFormatException>? report = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return JsonLinesFile.Read(path, DataJson.Reader<Example>(), Check, broken, report).Select(read => read.Value);
    }

    /// <summary>Writes a file; it is whole or absent.</summary>
    public static void Write(string path, IEnumerable<Example> examples)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(examples);
        JsonLinesFile.Write(path, examples, DataJsonContext.Default.Example);
    }

    internal static Example Check(Example read)
    {
        Example example = JsonDefaults.Complete(read);
        if (!example.Schema.StartsWith("pixelis.example/", StringComparison.Ordinal))
            throw new FieldException("schema", $"'{example.Schema}' is not one of 'pixelis.example/...'.");
        if (string.IsNullOrWhiteSpace(example.Question))
            throw new FieldException("question", "is empty; a question was expected.");
        if (example.Difficulty is < 0 or > 3)
            throw new FieldException("difficulty", $"is {example.Difficulty}; expected 0 (not known) or 1 to 3.");
        return example;
    }
}
