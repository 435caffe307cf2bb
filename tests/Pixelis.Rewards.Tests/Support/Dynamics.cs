namespace Pixelis.Rewards.Tests;

/// <summary>A small world in which what follows from a call can be learned: states turn, and each tool pushes them its own way.</summary>
internal static class Dynamics
{
    public const int StateSize = 6;

    public static CuriosityTransition[] Of(string tool, int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Step(tool, random))];
    }

    private static CuriosityTransition Step(string tool, Random random)
    {
        float[] state = [.. Enumerable.Range(0, StateSize).Select(_ => (float)(random.NextDouble() * 2 - 1))];
        int x = random.Next(0, 100);
        float[] next = [.. state.Select((_, i) => state[(i + 1) % StateSize])];
        next[tool.Length % StateSize] += 1 + x / 100f;
        next[(tool.Length + 2) % StateSize] -= 1;
        return new CuriosityTransition(state, [Episodes.Call(tool, $"{{\"point_2d\": [{x}, 0]}}")], next);
    }
}
