namespace Pixelis.Training;

/// <summary>Whether an answer is the right one: the same text but for case, blanks around it and a full stop.</summary>
internal static class AnswerComparison
{
    public static bool IsSame(string? answer, string truth) =>
        answer is not null && MemoryExtensions.Equals(Plain(answer), Plain(truth), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Plain(string text) => text.AsSpan().Trim().TrimEnd('.').Trim();
}
