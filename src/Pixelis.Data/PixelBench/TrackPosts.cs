namespace Pixelis.Data.PixelBench;

/// <summary>The four places where movers start and end.</summary>
internal static class TrackPosts
{
    public static IReadOnlyList<string> Names { get; } = ["top left", "top right", "bottom left", "bottom right"];

    private static readonly int[] Clockwise = [0, 1, 3, 2];

    public static (int X, int Y) Center(int post) => (post % 2 == 0 ? 28 : 84, post / 2 == 0 ? 28 : 84);

    /// <summary>The post so many steps clockwise from another.</summary>
    public static int Along(int post, int steps) => Clockwise[(Array.IndexOf(Clockwise, post) + steps) % 4];

    /// <summary>Steps clockwise from one post to another, 0 to 3.</summary>
    public static int Between(int from, int to) => (Array.IndexOf(Clockwise, to) - Array.IndexOf(Clockwise, from) + 4) % 4;

    /// <summary>The post nearest to a point of a frame.</summary>
    public static int At(double x, double y) => (y < ClipScene.Side / 2.0 ? 0 : 2) + (x < ClipScene.Side / 2.0 ? 0 : 1);
}
