namespace Pixelis.Online.Privacy;

/// <summary>A text without the personal data that were found in it.</summary>
/// <param name="Text">The text; the very same string when nothing was found.</param>
/// <param name="Spans">What was taken out, in order of the original text.</param>
public sealed record RedactedText(string Text, IReadOnlyList<PiiSpan> Spans)
{
    /// <summary>Whether anything was taken out.</summary>
    public bool IsChanged => Spans.Count > 0;

    /// <summary>The worst of the findings; null for none.</summary>
    public PiiRisk? Risk => Spans.Count == 0 ? null : Spans.Max(s => s.Risk);

    /// <summary>Where a place of the original text is now. A place inside a finding moves to the beginning of its placeholder.</summary>
    /// <param name="position">Characters in front of the place, in the original text.</param>
    public int MapPosition(int position)
    {
        int shift = 0;
        foreach (PiiSpan span in Spans)
        {
            if (position <= span.Start)
                break;
            if (position < span.Start + span.Length)
                return span.Start + shift;
            shift += span.Placeholder.Length - span.Length;
        }
        return position + shift;
    }
}
