namespace Pixelis.Tiny;

/// <summary>The choices of one lesson.</summary>
internal sealed class LessonRandom(long number, int stream)
{
    private readonly Random _random = new(unchecked((int)(number * 2_654_435_761L ^ stream * 40_503L)));

    public int Next(int least, int below) => _random.Next(least, below);

    public double NextDouble() => _random.NextDouble();

    public T Pick<T>(ReadOnlySpan<T> items) => items[_random.Next(items.Length)];

    public void Shuffle<T>(Span<T> items) => _random.Shuffle(items);

    /// <summary>Difficulty and number of a scene that no other choice of this lesson has, but by rare chance.</summary>
    public (int Difficulty, long Index) Scene() => (_random.Next(1, 4), ((number * 31) + _random.Next(31)) & 0x3FFFFFFF);
}
