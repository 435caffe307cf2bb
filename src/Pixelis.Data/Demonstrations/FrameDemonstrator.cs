using System.Globalization;
using Pixelis.Data.Drawing;

namespace Pixelis.Data.Demonstrations;

/// <summary>frame: select the frame in which the card has the named colour, and look.</summary>
internal sealed class FrameDemonstrator : FamilyDemonstrator
{
    public override IReadOnlyList<DemonstrationStep> Look(Example example, string correction = "")
    {
        TruthObject target = Target(example);
        return [new(_ => Select(Joined(correction, $"The card is {target.Color} in frame {Number(target.Frame!.Value)}."), target.Frame.Value))];
    }

    public override Detour Detour(Example example, TraceKind kind, SceneRandom random)
    {
        TruthObject target = Target(example);
        int right = target.Frame!.Value, count = example.Media[0].FrameCount;
        if (kind == TraceKind.SelfCorrection)
        {
            int beyond = count + random.Between(1, 4);
            return new Detour(_ => Select($"The card is {target.Color} in frame {Number(beyond)}.", beyond), "There is no such frame.");
        }
        int wrong = right == count || (right > 1 && random.Chance(50)) ? right - 1 : right + 1; // the next frame, or another colour's
        TruthObject? other = example.Truth.FirstOrDefault(t => !t.IsTarget);
        if (other is not null && random.Chance(50))
            wrong = other.Frame!.Value;
        string? color = example.Truth.FirstOrDefault(t => t.Frame == wrong)?.Color;
        return new Detour(_ => Select($"The card is {target.Color} in frame {Number(wrong)}.", wrong), $"It is {color ?? "grey"} there.");
    }

    public override string WrongAnswer(Example example, SceneRandom random) => OtherLetter(example, random);

    private static string Select(string thought, int frame) =>
        Call(thought, Json("SELECT_FRAMES", $"\"target_frames\": [{Number(frame)}]"));

    public override string ReadEvidence(DemonstrationState state)
    {
        if (state.SharpPicture is not { } shown || state.Example.Media[0].Clip is not { } clip)
            return Unknown;
        TruthObject target = Target(state.Example);
        return PictureMatch.IsPartAt(shown, clip.Frames[target.Frame!.Value - 1].Image, 0, 0) ? target.Text! : Unknown;
    }

    public override string Conclude(DemonstrationState state, string answer) => $"The letter is {answer}.";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
