using Pixelis.Modeling;

namespace Pixelis.Generation.Running;

/// <summary>Cuts a prompt into forward passes.</summary>
internal static class PromptSlices
{
    /// <summary>
    /// Ends of consecutive slices of at most <paramref name="limit"/> tokens. A visual stays in one slice with the token in front of
    /// it, which marks
    /// its start: positions of an image's tokens depend on all of it. A visual that is longer makes its slice longer.
    /// </summary>
    public static IEnumerable<int> Ends(Prompt prompt, int limit)
    {
        int start = 0;
        while (start < prompt.Length)
        {
            int end = Math.Min(start + limit, prompt.Length);
            int previousEnd = 0;
            foreach (VisualInput visual in prompt.Visuals)
            {
                int first = Math.Max(visual.Start - 1, previousEnd);
                if (first < end && end < visual.End)
                    end = first > start ? first : visual.End;
                previousEnd = visual.End;
            }
            yield return end;
            start = end;
        }
    }
}
