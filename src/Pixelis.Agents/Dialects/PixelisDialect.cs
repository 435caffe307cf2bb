using Pixelis.Agents.Loop;
using Pixelis.Tools;

namespace Pixelis.Agents.Dialects;

/// <summary>Pixelis's own dialect.</summary>
internal sealed class PixelisDialect : AgentDialect
{
    public override string Name => "pixelis";

    public override CoordinateSpace Coordinates => CoordinateSpace.SeenPixels;

    internal override Message Ask(string question, IReadOnlyList<ContentPart> media, IReadOnlyList<ToolDefinition> tools) =>
        new(Role.User, [.. media, new TextPart(question)]);

    internal override IReadOnlyList<ParsedToolCall> ReadCalls(string turn) => ToolCallParser.Parse(turn);

    internal override Message Observe(IReadOnlyList<Observation> observations)
    {
        var parts = new List<ContentPart>();
        foreach (Observation observation in observations)
        {
            if (parts.Count > 0)
                parts.Add(new TextPart("\n"));
            parts.Add(new TextPart(Caption(observation)));
            parts.AddRange(observation.Result.Images.Select(i => new ImagePart(i.Image)));
        }
        return new Message(Role.Tool, parts);
    }

    internal override string? ReadAnswer(string turn)
    {
        string answer = AnswerText.LastBoxed(turn) ?? AnswerText.LastTagged(turn) ?? AnswerText.WithoutReasoning(turn);
        return answer.Length == 0 ? null : answer;
    }

    private static string Caption(Observation observation)
    {
        string text = observation.Result.IsError ? "Error: " + observation.Result.Text : observation.Result.Text;
        return observation.Added.Count switch
        {
            0 => text,
            1 => $"{text} (image {observation.Added[0].Number})",
            _ => $"{text} (images {observation.Added[0].Number}-{observation.Added[^1].Number})",
        };
    }
}
