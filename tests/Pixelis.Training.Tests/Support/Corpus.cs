namespace Pixelis.Training.Tests.Support;

/// <summary>Small sets of conversations.</summary>
internal static class Corpus
{
    public static SftExample Talk(string question, string answer, string id = "") =>
        SftExample.Of(Message.User(question), Message.Assistant(answer)) with { Id = id };

    /// <summary>Sums such as <c>3+4</c> with answers of different lengths.</summary>
    public static IReadOnlyList<SftExample> Sums(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Talk($"{i % 7}+{i % 5}", new string((char)('a' + (i % 3)), 1 + (i % 9)), $"sum {i}"))];
}
