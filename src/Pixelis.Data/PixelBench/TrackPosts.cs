namespace Pixelis.Data.PixelBench;

/// <summary>The four places where movers start and end.</summary>
internal static class TrackPosts
{
    public static IReadOnlyList<string> Names { get; } = ["top left", "top right", "bottom left", "bottom right"];

    public static (int X, int Y) Center(int post) => (post % 2 == 0 ? 28 : 84, post / 2 == 0 ? 28 : 84);

    /// <summary>The post nearest to a point of a frame.</summary>
    public static int At(double x, double y) => (y < ClipScene.Side / 2.0 ? 0 : 2) + (x < ClipScene.Side / 2.0 ? 0 : 1);
}
