using System.Text.Json;

namespace Pixelis.Rewards;

/// <summary>Where a call looked: a point or a box of a picture, in the numbers that the model wrote.</summary>
internal readonly record struct LookedPlace(double Picture, PixelBox Box)
{
    // Models that are charged for asking twice learn to move the point a little.
    private const double Nearness = 0.02, Overlap = 0.5;

    private bool IsPoint => Box.Area == 0;

    /// <summary>The place, or null for a call that names none.</summary>
    public static LookedPlace? Of(EpisodeCall call)
    {
        double picture = Numbers(call.Argument("target_image") ?? call.Argument("target_video")) is [var number] ? number : 1;
        return Numbers(call.Argument("bbox_2d") ?? call.Argument("point_2d") ?? call.Argument("center")) switch
        {
            [var x1, var y1, var x2, var y2] => new LookedPlace(picture, new PixelBox(x1, y1, x2, y2)),
            [var x, var y] => new LookedPlace(picture, new PixelBox(x, y, x, y)),
            _ => null,
        };
    }

    /// <summary>Whether it is the same place: points close by, boxes that share half their area, a point in a box.</summary>
    public bool IsAt(LookedPlace other)
    {
        if (Picture != other.Picture)
            return false;
        if (IsPoint && other.IsPoint)
            return Near(Box.Left, other.Box.Left) && Near(Box.Top, other.Box.Top);
        if (!IsPoint && !other.IsPoint)
            return Box.IntersectionOverUnion(other.Box) >= Overlap;
        (PixelBox point, PixelBox box) = IsPoint ? (Box, other.Box) : (other.Box, Box);
        return point.Left >= box.Left && point.Left < box.Right && point.Top >= box.Top && point.Top < box.Bottom;
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Nearness * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));

    private static double[] Numbers(JsonElement? value) => value switch
    {
        { } single when WrittenNumber.Of(single) is { } number => [number],
        { ValueKind: JsonValueKind.Array } several when several.GetArrayLength() <= 4 => [.. several.EnumerateArray().SelectMany(v => Numbers(v))],
        _ => [],
    };
}
