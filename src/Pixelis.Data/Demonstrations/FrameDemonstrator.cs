using System.Globalization;

namespace Pixelis.Data.Demonstrations;

/// <summary>frame: select the frame in which the card has the named colour, and look.</summary>
internal sealed class FrameDemonstrator : FamilyDemonstrator
{
    public override IReadOnlyList<DemonstrationStep> Look(Example example)
    {
        TruthObject target = Target(example);
        return [new(_ => Select($"The card is {target.Color} in frame {Number(target.Frame!.Value)}.", target.Frame.Value))];
    }

    public static string Select(string thought, int frame) =>
        Call(thought, Json("SELECT_FRAMES", $"\"target_frames\": [{Number(frame)}]"));

    public override string ReadEvidence(DemonstrationState state)
    {
        if (state.Pictures.Count == 0 || state.Example.Media[0].Clip is not { } clip)
            return Unknown;
        PixelImage shown = state.Pictures[^1];
        bool sharp = state.Seen[^1].Width >= shown.Width && state.Seen[^1].Height >= shown.Height;
        TruthObject target = Target(state.Example);
        return sharp && PictureMatch.IsPartAt(shown, clip.Frames[target.Frame!.Value - 1].Image, 0, 0) ? target.Text! : Unknown;
    }

    public override string Conclude(DemonstrationState state, string answer) => $"The letter is {answer}.";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
