using System.Globalization;
using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Replays;

/// <summary>
/// Renders recorded trajectories again: the same messages, pictures and tools, the model's tokens as they were sampled. What a trainer
/// feeds a model is then what the model saw, and a change of template, tokenizer or image processor shows as a difference.
/// </summary>
public static class TrajectoryReplay
{
    /// <summary>Renders a trajectory and compares. No weights are needed and none run.</summary>
    /// <param name="trajectory">The record, with its <see cref="Trajectory.Media"/>; <see cref="TrajectoryFolder"/> brings them back from files.</param>
    /// <param name="processor">The model's processor (<see cref="Models.Qwen.QwenVisionLanguageModel.Processor"/>).</param>
    /// <exception cref="TrajectoryFormatException">
    /// The record holds no tokens (a remote model's), a picture is missing or is another than the recorded one.
    /// </exception>
    /// <exception cref="VisualPartException">The processor cannot take a picture; the message names it.</exception>
    public static ReplayResult Replay(this Trajectory trajectory, IProcessor processor)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        ArgumentNullException.ThrowIfNull(processor);
        if (trajectory.TokenIds.Count == 0 && trajectory.Turns.Count > 0)
            throw new TrajectoryFormatException(trajectory.Id, "it holds no token ids, as those of remote models do; there is nothing to compare with.");
        PreparedConversation rendered = trajectory.Turns.Count == 0
            ? new PreparedConversation { TokenIds = [], Provenance = [], Spans = [] }
            : processor.Prepare([.. trajectory.Turns.Select(turn => TurnOf(trajectory, turn))], trajectory.Tools);
        return new ReplayResult(rendered, Compare(trajectory, rendered, processor.Tokenizer));
    }

    private static ConversationTurn TurnOf(Trajectory trajectory, TrajectoryTurn turn)
    {
        var message = new Message(turn.Role, PartsOf(trajectory, turn, number => MediumOf(trajectory, number))) { ToolCalls = turn.ToolCalls ?? [], Reasoning = turn.Reasoning };
        if (turn.IsInjected)
            return new ConversationTurn(message) { IsInjected = true };
        return turn.Role == Role.Assistant
            ? new ConversationTurn(message) { TokenIds = [.. trajectory.TokenIds.Skip(turn.TokenStart).Take(turn.TokenCount)] }
            : new ConversationTurn(message);
    }

    /// <summary>A turn's text with its pictures where they stood.</summary>
    /// <param name="trajectory">The record.</param>
    /// <param name="turn">One of its turns.</param>
    /// <param name="medium">The picture or video of a number.</param>
    /// <exception cref="TrajectoryFormatException">A picture stands outside of the text, or before an earlier one.</exception>
    internal static List<ContentPart> PartsOf(Trajectory trajectory, TrajectoryTurn turn, Func<int, ContentPart> medium)
    {
        var parts = new List<ContentPart>();
        int from = 0;
        foreach ((int number, int position) in turn.InputNumbers.Zip(turn.InputPositions))
        {
            if (position < from || position > turn.Text.Length)
                throw new TrajectoryFormatException(trajectory.Id, $"input {number} stands at character {position}; expected {from} to {turn.Text.Length}.");
            if (position > from)
                parts.Add(new TextPart(turn.Text[from..position]));
            parts.Add(medium(number));
            from = position;
        }
        if (from < turn.Text.Length || parts.Count == 0)
            parts.Add(new TextPart(turn.Text[from..]));
        return parts;
    }

    private static ContentPart MediumOf(Trajectory trajectory, int number)
    {
        TrajectoryInput recorded = trajectory.Inputs.FirstOrDefault(i => i.Number == number)
            ?? throw new TrajectoryFormatException(trajectory.Id, $"a turn shows input {number}, which is not among the inputs.");
        NumberedVisual medium = trajectory.Media.FirstOrDefault(m => m.Number == number)
            ?? throw new TrajectoryFormatException(trajectory.Id, $"the pixels of input {number} are not at hand; load the trajectory from the folder it was saved to.");
        PixelImage first = medium.Image ?? medium.Clip!.Frames[0].Image;
        if (first.ContentHash != recorded.Hash)
            throw new TrajectoryFormatException(trajectory.Id, $"input {number} is another picture ({first.ContentHash}) than the recorded one ({recorded.Hash}).");
        return medium.Clip is { } clip ? new VideoPart(clip) : new ImagePart(medium.Image!);
    }

    private static ReplayDifference? Compare(Trajectory recorded, PreparedConversation rendered, ITextTokenizer tokenizer)
    {
        int length = Math.Max(recorded.TokenIds.Count, rendered.Length);
        for (int i = 0; i < length; i++)
        {
            int? was = i < recorded.TokenIds.Count ? recorded.TokenIds[i] : null;
            int? now = i < rendered.Length ? rendered.TokenIds[i] : null;
            if (was != now || recorded.Provenance[i] != rendered.Provenance[i])
                return Difference(recorded, rendered, tokenizer, i, was, now);
        }
        return null;
    }

    private static ReplayDifference Difference(Trajectory recorded, PreparedConversation rendered, ITextTokenizer tokenizer, int token, int? was, int? now)
    {
        int turn = 0;
        while (turn < recorded.Turns.Count - 1 && recorded.Turns[turn].TokenStart + recorded.Turns[turn].TokenCount <= token)
            turn++;
        string before = Describe(was, token < recorded.Provenance.Count ? recorded.Provenance[token] : null, tokenizer);
        string after = Describe(now, token < rendered.Provenance.Count ? rendered.Provenance[token] : null, tokenizer);
        string message = string.Create(CultureInfo.InvariantCulture, $"Turn {turn + 1} ({recorded.Turns[turn].Role}), token {token}: recorded {before}, rendered {after}.");
        return new ReplayDifference(turn, token, was, now, message);
    }

    private static string Describe(int? id, TokenProvenance? provenance, ITextTokenizer tokenizer)
    {
        if (id is not { } token)
            return "no more tokens";
        string text = token >= 0 ? tokenizer.Decode([token]) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{token} '{text}' ({(provenance == TokenProvenance.Sampled ? "sampled" : "injected")})");
    }
}
