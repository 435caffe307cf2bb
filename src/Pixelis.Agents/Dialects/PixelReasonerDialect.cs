using Pixelis.Agents.Loop;
using Pixelis.Tools;

namespace Pixelis.Agents.Dialects;

/// <summary>
/// The wire format of the released Pixel-Reasoner checkpoints (TIGER-AI-Lab): a guideline after the question, one call a turn at the
/// turn's end, observations as user turns with a short caption, the answer in <c>\boxed{}</c>, places as fractions when all four are
/// at most 1 and as pixels otherwise. The guideline says the same as the released one in other words.
/// </summary>
internal sealed class PixelReasonerDialect : AgentDialect
{
    public override string Name => "pixel-reasoner";

    public override CoordinateSpace Coordinates => CoordinateSpace.Normalized;

    internal override Message Ask(string question, IReadOnlyList<ContentPart> media, IReadOnlyList<ToolDefinition> tools)
    {
        string names = string.Join(" or ", tools.Select(t => $"`{t.Name}`"));
        string guideline = tools.Count == 0
            ? "Reason step by step and put the final answer in \\boxed{}."
            : $"Look at the visual input first and decide whether a visual operation ({names}) would help. Reason step by step, use the operation where it helps, and put the final answer in \\boxed{{}}.";
        return new Message(Role.User, [.. media, new TextPart($"{question}\n\n{guideline}")]);
    }

    internal override IReadOnlyList<ParsedToolCall> ReadCalls(string turn)
    {
        if (!turn.AsSpan().TrimEnd().EndsWith(ToolCallParser.Close, StringComparison.Ordinal))
            return [];
        IReadOnlyList<ParsedToolCall> calls = ToolCallParser.Parse(turn);
        return calls.Count == 0 ? [] : [calls[^1]];
    }

    internal override Message Observe(IReadOnlyList<Observation> observations)
    {
        Observation observation = observations[0];
        if (observation.Result.IsError)
            return Message.User("Execution error:\n" + observation.Result.Text);
        return new Message(Role.User, [new TextPart("\n" + Caption(observation)), .. observation.Result.Images.Select(i => new ImagePart(i.Image))]);
    }

    internal override string? ReadAnswer(string turn) => AnswerText.LastBoxed(turn) is { Length: > 0 } answer ? answer : null;

    private static string Caption(Observation observation)
    {
        if (observation.Added.Count == 0)
            return observation.Result.Text;
        NumberedVisual first = observation.Added[0];
        string size = $"{first.SeenWidth}x{first.SeenHeight}";
        return observation.Added.Count == 1
            ? $"Here is the cropped image (Image Size: {size}):"
            : $"Here are the selected frames (Frame Size: {size}, Numbered {first.Number} to {observation.Added[^1].Number}):";
    }
}
