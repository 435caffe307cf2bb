using System.Globalization;
using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>spot and count: zoom into the cell of the named object and look.</summary>
internal sealed class ZoomDemonstrator : FamilyDemonstrator
{
    public override IReadOnlyList<DemonstrationStep> Look(Example example, string correction = "")
    {
        TruthObject target = Target(example);
        int cell = SeenPlaces.CellOf(target);
        return [new(state => Zoom(state, Joined(correction, $"The {target.Label} is in {CellGrid.Name(cell)}."), CellGrid.Box(cell)))];
    }

    public override Detour Detour(Example example, TraceKind kind, SceneRandom random)
    {
        (PixelBox box, string thought, string correction) = CellDetours.Draw(example, kind, random);
        return new Detour(state => Zoom(state, thought, box), correction);
    }

    public override string WrongAnswer(Example example, SceneRandom random)
    {
        if (Target(example).Count is not { } count)
            return OtherLetter(example, random);
        int wrong = count > 1 && random.Chance(50) ? count - 1 : count + 1;
        return wrong.ToString(CultureInfo.InvariantCulture);
    }

    private static string Zoom(DemonstrationState state, string thought, PixelBox box) =>
        Call(thought, Json("ZOOM_IN", $"\"bbox_2d\": {SeenPlaces.Box(state, box)}"));

    // The evidence counts only where the returned picture really is the part of the source that holds all of it, shown without loss.
    public override string ReadEvidence(DemonstrationState state)
    {
        TruthObject target = Target(state.Example);
        if (state.Pictures.Count == 0 || state.Example.Media[0].Image is not { } source)
            return Unknown;
        PixelImage shown = state.Pictures[^1];
        bool sharp = state.Seen[^1].Width >= shown.Width && state.Seen[^1].Height >= shown.Height;
        PixelBox cell = CellGrid.Box(SeenPlaces.CellOf(target));
        bool whole = target.TextBox is { } box && box.Left >= cell.Left && box.Top >= cell.Top && box.Right <= cell.Right && box.Bottom <= cell.Bottom;
        if (!sharp || !whole || !PictureMatch.IsPartAt(shown, source, (int)cell.Left, (int)cell.Top))
            return Unknown;
        return target.Count is { } count ? count.ToString(CultureInfo.InvariantCulture) : target.Text!;
    }

    public override string Conclude(DemonstrationState state, string answer) =>
        Target(state.Example).Count is null ? $"The letter is {answer}." : $"I count {answer}.";
}
