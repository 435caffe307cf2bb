using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Pixelis.Data;

namespace Pixelis.Evaluation;

/// <summary>Predictions as JSON Lines.</summary>
internal static class PredictionFile
{
    private static readonly JsonTypeInfo<Prediction> Reader = ResultReader.Of<Prediction>(PredictionJson.Default.Options);

    public static string ToLine(Prediction prediction) => JsonSerializer.Serialize(prediction, PredictionJson.Default.Prediction);

    /// <summary>Reads a file. Its last line may be cut off, as a run that was killed leaves it; it is then left out.</summary>
    /// <exception cref="DatasetFormatException">A line is no prediction, is judged otherwise than by the rules, or an id occurs twice.</exception>
    public static IReadOnlyList<Prediction> Read(string path)
    {
        string[] lines = File.ReadAllText(path, Encoding.UTF8).Split('\n');
        var predictions = new List<Prediction>(lines.Length);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < lines.Length - 1; i++) // what follows the last line break is empty or cut off
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
                continue;
            Prediction prediction = Parse(lines[i], path, i + 1);
            if (!ids.Add(prediction.Id))
                throw new DatasetFormatException(path, i + 1, "id", $"'{prediction.Id}' occurs twice.");
            predictions.Add(prediction);
        }
        return predictions;
    }

    /// <summary>Writes a file; it is whole or as it was.</summary>
    public static void Write(string path, IEnumerable<Prediction> predictions) => AtomicFile.WriteLines(path, predictions.Select(ToLine));

    private static Prediction Parse(string line, string path, int number)
    {
        try
        {
            Prediction prediction = JsonSerializer.Deserialize(line, Reader)
                ?? throw new DatasetFormatException(path, number, null, "the value is null; a JSON object was expected.");
            return CanonicalAnswer.IsRight(prediction.Answer, prediction.Truth) == prediction.Right
                ? prediction
                : throw new DatasetFormatException(path, number, "right", $"is {prediction.Right}, but answer and truth say otherwise by {CanonicalAnswer.Version}.");
        }
        catch (JsonException e)
        {
            throw new DatasetFormatException(path, number, e.Path is { Length: > 2 } field ? field[2..] : null, $"not a prediction: {e.Message}", e);
        }
    }
}
