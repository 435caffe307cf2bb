namespace Pixelis.Agents.Dialects;

/// <summary>Finds the answer in the text of a last turn.</summary>
internal static class AnswerText
{
    /// <summary>The content of the last <c>\boxed{...}</c> with its braces balanced, or null.</summary>
    public static string? LastBoxed(string text)
    {
        const string marker = "\\boxed{";
        int start = text.LastIndexOf(marker, StringComparison.Ordinal);
        if (start < 0)
            return null;
        int depth = 1;
        for (int i = start + marker.Length; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return text[(start + marker.Length)..i].Trim();
        }
        return null;
    }

    /// <summary>The content of the last <c>&lt;answer&gt;...&lt;/answer&gt;</c>, or null.</summary>
    public static string? LastTagged(string text)
    {
        int close = text.LastIndexOf("</answer>", StringComparison.Ordinal);
        if (close < 0)
            return null;
        int open = text.LastIndexOf("<answer>", close, StringComparison.Ordinal);
        return open < 0 ? null : text[(open + "<answer>".Length)..close].Trim();
    }

    /// <summary>The text after the reasoning.</summary>
    public static string WithoutReasoning(string text)
    {
        int end = text.LastIndexOf("</think>", StringComparison.Ordinal);
        return (end < 0 ? text : text[(end + "</think>".Length)..]).Trim();
    }
}
