using Pixelis.Agents.Loop;
using Pixelis.Agents.PixelReasoner;
using Pixelis.Tools;

namespace Pixelis.Agents.Dialects;

/// <summary>
/// The wire format of the released Pixel-Reasoner checkpoints (TIGER-AI-Lab): a guideline after the question, one call a turn at the
/// turn's end, observations as user turns with a short caption, the answer in <c>\boxed{}</c>, places as fractions when all four are
/// at most 1 and as pixels otherwise, 16 frames of a video. Deviation: white space after a closing call tag is allowed.
/// </summary>
internal sealed class PixelReasonerDialect : AgentDialect
{
    public override string Name => "pixel-reasoner";

    public override CoordinateSpace Coordinates => CoordinateSpace.Normalized;

    // The released loop stops before a fifth call, beyond 16 pictures and near 12k tokens; a turn has no limit but the calls'.
    internal override AgentLimits Limits => new() { MaxToolCalls = 4, MaxImages = 16, MaxTokens = 12 * 1024 - 200 };

    internal override IReadOnlyList<ContentPart> Prepare(IReadOnlyList<ContentPart> media) =>
        [.. media.Select(part => part is VideoPart video ? new VideoPart(Thin(video.Clip)) : part)];

    internal override Message Ask(string question, IReadOnlyList<ContentPart> media, IReadOnlyList<ToolDefinition> tools)
    {
        string guideline = tools.Count == 0 ? PixelReasonerFormat.GuidelineWithoutTools : PixelReasonerFormat.Guideline;
        return new Message(Role.User, [.. media, new TextPart(question + guideline)]);
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
        return observation.Result.IsError
            ? Message.User(PixelReasonerFormat.Failure(observation.Result.Text))
            : new Message(Role.User, [new TextPart(Caption(observation)), .. observation.Result.Images.Select(i => new ImagePart(i.Image))]);
    }

    internal override string? ReadAnswer(string turn) => AnswerText.LastBoxed(turn) is { Length: > 0 } answer ? answer : null;

    private static string Caption(Observation observation)
    {
        if (observation.Result.Images is not [{ Image: var first }, ..])
            return "\n" + observation.Result.Text.TrimStart('\n');
        string name = observation.Call.Name.Trim();
        if (name.Equals(PixelReasonerFormat.SelectName, StringComparison.OrdinalIgnoreCase))
            return PixelReasonerFormat.FramesCaption(first.Width, first.Height, observation.Added[0].Number - 1, observation.Added[^1].Number - 1);
        return observation.Result.Images.Count == 1
            ? PixelReasonerFormat.CropCaption(first.Width, first.Height)
            : "\n" + observation.Result.Text.TrimStart('\n');
    }

    /// <summary>At most 16 frames, evenly spaced from the first to the last.</summary>
    private static VideoClip Thin(VideoClip clip)
    {
        const int wanted = PixelReasonerFormat.VideoFrames;
        int count = clip.Frames.Count;
        if (count <= wanted)
            return clip;
        IEnumerable<VideoFrame> kept = Enumerable.Range(0, wanted)
            .Select(i => clip.Frames[(int)Math.Round(i * (count - 1.0) / (wanted - 1), MidpointRounding.ToEven)]);
        return new VideoClip([.. kept], clip.FramesPerSecond * wanted / count, clip.SourcePath) { Source = clip.Source };
    }
}
