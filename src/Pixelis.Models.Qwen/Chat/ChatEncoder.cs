using System.Text;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Tokenization;

namespace Pixelis.Models.Qwen.Chat;

/// <summary>Turns rendered segments into token ids.</summary>
public static class ChatEncoder
{
    /// <summary>
    /// Encodes segments. Added tokens come from the template's own text only; content that spells one stays text. Between two added
    /// tokens, template and content are encoded as one text, because merges cross that border in the reference tokenizer too.
    /// </summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="segments">What <see cref="ChatTemplate"/> or <see cref="ChatRenderer"/> gave.</param>
    /// <param name="placeholderCount">How many placeholder tokens an image or video takes, at least 1; null when there are none.</param>
    /// <returns>The ids.</returns>
    /// <exception cref="PixelisException">The tokenizer lacks the placeholder token.</exception>
    public static int[] Encode(QwenTokenizer tokenizer, IEnumerable<ChatSegment> segments, Func<ContentPart, int>? placeholderCount = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(segments);
        var ids = new List<int>();
        var run = new StringBuilder();
        foreach (ChatSegment segment in segments)
        {
            switch (segment.Kind)
            {
                case ChatSegmentKind.Content:
                    run.Append(segment.Text);
                    break;
                case ChatSegmentKind.Template:
                    AppendTemplate(tokenizer, segment.Text, run, ids);
                    break;
                default:
                    Flush(tokenizer, run, ids);
                    AppendPlaceholders(tokenizer, segment, placeholderCount, ids);
                    break;
            }
        }
        Flush(tokenizer, run, ids);
        return [.. ids];
    }

    /// <summary>
    /// Encodes text as the model that wrote it sampled it: added tokens that are part of an answer's text, such as
    /// <c>&lt;tool_call&gt;</c>, become their ids; spelled-out control tokens stay text.
    /// </summary>
    internal static void EncodeSampled(QwenTokenizer tokenizer, string text, List<int> ids)
    {
        var run = new StringBuilder();
        int start = 0;
        while (tokenizer.NextAddedToken(text, ref start, out ReadOnlySpan<char> before, out int id))
        {
            run.Append(before);
            if (id < 0)
                continue;
            if (tokenizer.IsSpecialToken(id))
            {
                run.Append(tokenizer.Decode([id]));
                continue;
            }
            Flush(tokenizer, run, ids);
            ids.Add(id);
        }
        Flush(tokenizer, run, ids);
    }

    private static void AppendTemplate(QwenTokenizer tokenizer, string text, StringBuilder run, List<int> ids)
    {
        int start = 0;
        while (tokenizer.NextAddedToken(text, ref start, out ReadOnlySpan<char> before, out int id))
        {
            run.Append(before);
            if (id < 0)
                continue;
            Flush(tokenizer, run, ids);
            ids.Add(id);
        }
    }

    private static void AppendPlaceholders(QwenTokenizer tokenizer, ChatSegment segment, Func<ContentPart, int>? placeholderCount, List<int> ids)
    {
        if (!tokenizer.TryGetAddedToken(segment.Text, out int id))
            throw new PixelisException($"The tokenizer has no token {segment.Text}; expected that of a model that sees images.");
        int count = placeholderCount?.Invoke(segment.Part!)
            ?? throw new ArgumentNullException(nameof(placeholderCount), "The chat holds an image or a video, so its number of placeholders is needed.");
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(placeholderCount));
        for (int i = 0; i < count; i++)
            ids.Add(id);
    }

    private static void Flush(QwenTokenizer tokenizer, StringBuilder run, List<int> ids)
    {
        tokenizer.Encode(run.ToString(), SpecialTokenParsing.PlainText, ids);
        run.Clear();
    }
}
