using System.Globalization;
using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>spot and count: zoom into the cell of the named object and look.</summary>
internal sealed class ZoomDemonstrator() : CellDemonstrator("ZOOM_IN")
{
    public override string WrongAnswer(Example example, SceneRandom random)
    {
        if (Target(example).Count is not { } count)
            return OtherLetter(example, random);
        int wrong = count > 1 && random.Chance(50) ? count - 1 : count + 1;
        return wrong.ToString(CultureInfo.InvariantCulture);
    }

    // The evidence counts only where the returned picture really is the part of the source that holds all of it, shown without loss.
    public override string ReadEvidence(DemonstrationState state)
    {
        TruthObject target = Target(state.Example);
        if (state.SharpPicture is not { } shown || state.Example.Media[0].Image is not { } source)
            return Unknown;
        PixelBox cell = CellGrid.Box(CellGrid.Of(target));
        bool whole = target.TextBox is { } box && box.Left >= cell.Left && box.Top >= cell.Top && box.Right <= cell.Right && box.Bottom <= cell.Bottom;
        if (!whole || !PictureMatch.IsPartAt(shown, source, (int)cell.Left, (int)cell.Top))
            return Unknown;
        return target.Count is { } count ? count.ToString(CultureInfo.InvariantCulture) : target.Text!;
    }

    public override string Conclude(DemonstrationState state, string answer) =>
        Target(state.Example).Count is null ? $"The letter is {answer}." : $"I count {answer}.";
}
