using Pixelis.Modeling;

namespace Pixelis.Models.Qwen;

/// <summary>
/// How the patches of a batch of pictures are cut into attention windows. Windows are squares of merged units, cut from the
/// top left of every frame; those at the right and bottom edge may be smaller.
/// </summary>
internal sealed class WindowPlan
{
    private WindowPlan(int[] order, int[] windowBorders, int[] frameBorders, int[] rows, int[] columns)
    {
        Order = order;
        WindowBorders = windowBorders;
        FrameBorders = frameBorders;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Window order: place i holds merged unit <c>Order[i]</c> of the natural order.</summary>
    public int[] Order { get; }

    /// <summary>Borders of the windows, in patches of the window order; first 0, last the patch count.</summary>
    public int[] WindowBorders { get; }

    /// <summary>Borders of the frames, in patches; frames are whole in either order.</summary>
    public int[] FrameBorders { get; }

    /// <summary>Row of each patch in its picture, in natural order.</summary>
    public int[] Rows { get; }

    /// <summary>Column of each patch in its picture, in natural order.</summary>
    public int[] Columns { get; }

    /// <summary>Makes the plan.</summary>
    /// <exception cref="ModelInputException">A grid is empty or not a multiple of the merge size.</exception>
    public static WindowPlan Create(IReadOnlyList<VisionGrid> grids, QwenVisionConfig config)
    {
        int merge = config.MergeSize;
        int side = config.WindowSize / config.PatchSize / merge;
        foreach (VisionGrid grid in grids)
        {
            if (grid.Temporal < 1 || grid.Height < 1 || grid.Width < 1 || grid.Height % merge != 0 || grid.Width % merge != 0)
                throw new ModelInputException($"grid {grid} cannot be merged: height and width must be positive multiples of {merge}");
        }

        int patches = grids.Aggregate(0, (sum, grid) => checked(sum + grid.PatchCount));
        var order = new List<int>(patches / (merge * merge));
        List<int> windows = [0];
        List<int> frames = [0];
        var rows = new int[patches];
        var columns = new int[patches];
        int firstPatch = 0;
        foreach (VisionGrid grid in grids)
        {
            for (int frame = 0; frame < grid.Temporal; frame++)
            {
                CutFrame(grid, merge, side, firstPatch, order, windows);
                Locate(grid, merge, rows.AsSpan(firstPatch), columns.AsSpan(firstPatch));
                firstPatch += grid.Height * grid.Width;
                frames.Add(firstPatch);
            }
        }

        return new WindowPlan([.. order], [.. windows], [.. frames], rows, columns);
    }

    private static void CutFrame(VisionGrid grid, int merge, int side, int firstPatch, List<int> order, List<int> borders)
    {
        (int height, int width) = (grid.Height / merge, grid.Width / merge);
        int unit = merge * merge;
        int first = firstPatch / unit;
        for (int top = 0; top < height; top += side)
        {
            for (int left = 0; left < width; left += side)
            {
                int bottom = Math.Min(top + side, height);
                int right = Math.Min(left + side, width);
                for (int row = top; row < bottom; row++)
                {
                    for (int column = left; column < right; column++)
                        order.Add(first + (row * width) + column);
                }

                borders.Add(borders[^1] + ((bottom - top) * (right - left) * unit));
            }
        }
    }

    /// <summary>Natural order goes through merged units, and within one through its patches, row by row.</summary>
    private static void Locate(VisionGrid grid, int merge, Span<int> rows, Span<int> columns)
    {
        int patch = 0;
        for (int unitRow = 0; unitRow < grid.Height; unitRow += merge)
        {
            for (int unitColumn = 0; unitColumn < grid.Width; unitColumn += merge)
            {
                for (int i = 0; i < merge * merge; i++, patch++)
                {
                    rows[patch] = unitRow + (i / merge);
                    columns[patch] = unitColumn + (i % merge);
                }
            }
        }
    }
}
