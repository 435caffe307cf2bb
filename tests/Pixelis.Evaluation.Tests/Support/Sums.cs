using System.Globalization;
using Pixelis.Agents;
using Pixelis.Data;

namespace Pixelis.Evaluation.Tests.Support;

/// <summary>Examples that need no pictures worth looking at: "2 + 3?".</summary>
internal static class Sums
{
    public static EvaluationData Data(int count, int offset = 0) => EvaluationData.Of(new Source(offset), count);

    public static Example Example(int i, int offset = 0) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"sum-{i}"),
        Question = string.Create(CultureInfo.InvariantCulture, $"{i} + {offset}?"),
        Answer = (i + offset).ToString(CultureInfo.InvariantCulture),
        Family = i % 2 == 0 ? "even" : "odd",
        Difficulty = i % 3 + 1,
        Media = [ExampleMedia.Of(PixelImage.Create(2, 2, PixelFormat.Rgb24, [.. Enumerable.Repeat((byte)i, 12)]))],
    };

    /// <summary>Answers right, except where told otherwise.</summary>
    public static AnsweringModel Model(Func<int, bool>? isWrong = null, TimeSpan delay = default) => new(messages =>
    {
        string[] parts = messages[0].Text.TrimEnd('?').Split(" + ");
        int first = int.Parse(parts[0], CultureInfo.InvariantCulture), sum = first + int.Parse(parts[1], CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"It is \\boxed{{{(isWrong?.Invoke(first) == true ? -1 : sum)}}}.");
    })
    { Delay = delay };

    public static PixelisAgent Agent(AnsweringModel model) => PixelisAgent.Create().WithModel(model).Build();

    public static EvaluationSettings Settings(PixelisAgent agent, EvaluationData data, ulong seed = 0) =>
        new() { Agent = agent.Settings, Data = data.Name, DataFingerprint = data.Fingerprint, Seed = seed };

    private sealed class Source(int offset) : IExampleSource
    {
        public string Name => offset == 0 ? "sums" : "other sums";

        public long? Count => null;

        public ValueTask<Example> GetAsync(long index, CancellationToken cancellationToken = default) => ValueTask.FromResult(Example((int)index, offset));
    }
}
