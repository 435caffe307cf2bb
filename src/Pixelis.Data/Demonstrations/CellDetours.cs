using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>Wrong places on a still: beside the picture, an empty cell, half a cell too far, another object.</summary>
internal static class CellDetours
{
    /// <summary>A wrong box and what is said about it afterwards.</summary>
    public static (PixelBox Box, string Thought, string Correction) Draw(Example example, TraceKind kind, SceneRandom random)
    {
        TruthObject target = FamilyDemonstrator.Target(example);
        int cell = CellGrid.Of(target);
        if (kind == TraceKind.SelfCorrection)
            return random.Chance(30) ? Outside(target) : Empty(example, target, random);
        TruthObject[] others = [.. example.Truth.Where(t => !t.IsTarget)];
        return others.Length > 0 && random.Chance(60) ? LookAlike(target, random.Pick(others)) : NearMiss(target, cell, random);
    }

    public static (PixelBox, string, string) LookAlike(TruthObject target, TruthObject other)
    {
        int cell = CellGrid.Of(other);
        return (CellGrid.Box(cell), $"The {target.Label} is in {CellGrid.Name(cell)}.", $"That is the {other.Label}.");
    }

    private static (PixelBox, string, string) Outside(TruthObject target) =>
        (PixelBox.FromSize(CellGrid.Side, 0, CellGrid.CellSide, CellGrid.CellSide), $"The {target.Label} is at the right.", "That is outside.");

    private static (PixelBox, string, string) Empty(Example example, TruthObject target, SceneRandom random)
    {
        HashSet<int> taken = [.. example.Truth.Select(CellGrid.Of)];
        int cell = random.Pick([.. CellGrid.All.Where(c => !taken.Contains(c))]);
        return (CellGrid.Box(cell), $"The {target.Label} is in {CellGrid.Name(cell)}.", "Nothing is there.");
    }

    // Half a cell aside: part of the object is in view, the evidence is cut.
    private static (PixelBox, string, string) NearMiss(TruthObject target, int cell, SceneRandom random)
    {
        PixelBox box = CellGrid.Box(cell);
        int half = CellGrid.CellSide / 2;
        bool right = box.Left == 0 || (box.Right < CellGrid.Side && random.Chance(50)), down = box.Top == 0 || (box.Bottom < CellGrid.Side && random.Chance(50));
        int dx = right ? half : -half, dy = random.Chance(50) ? 0 : down ? half : -half;
        return (new PixelBox(box.Left + dx, box.Top + dy, box.Right + dx, box.Bottom + dy), $"The {target.Label} is near {CellGrid.Name(cell)}.", "It is cut off.");
    }
}
