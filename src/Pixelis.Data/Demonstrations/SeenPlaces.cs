using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>Places of a still as a model writes them: cells of the grid in the pixels of its view.</summary>
internal static class SeenPlaces
{
    /// <summary>A box in source pixels as the model writes it.</summary>
    public static string Box(DemonstrationState state, PixelBox box)
    {
        (double fx, double fy) = Factors(state);
        return FamilyDemonstrator.List(box.Left * fx, box.Top * fy, box.Right * fx, box.Bottom * fy);
    }

    /// <summary>A point in source pixels as the model writes it.</summary>
    public static string Point(DemonstrationState state, double x, double y)
    {
        (double fx, double fy) = Factors(state);
        return FamilyDemonstrator.List(x * fx, y * fy);
    }

    private static (double X, double Y) Factors(DemonstrationState state)
    {
        ExampleMedia media = state.Example.Media[0];
        return ((double)state.Seen[0].Width / media.Width, (double)state.Seen[0].Height / media.Height);
    }
}
