using System.Globalization;
using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>track: follow the ball from the post the question names; the answer is the place the tool says it ends at.</summary>
internal sealed class TrackDemonstrator : FamilyDemonstrator
{
    public override IReadOnlyList<DemonstrationStep> Look(Example example, string correction = "")
    {
        TruthObject target = Target(example);
        int post = PostOf(target);
        return [new(state => Track(state, Joined(correction, $"It starts at the {TrackPosts.Names[post]}."), post))];
    }

    public override Detour Detour(Example example, TraceKind kind, SceneRandom random)
    {
        TruthObject[] others = [.. example.Truth.Where(t => !t.IsTarget)];
        if (kind == TraceKind.SelfCorrection || others.Length == 0)
        {
            int frames = example.Media[0].FrameCount + 2 * random.Between(1, 4);
            return new Detour(state => Call("Follow it.", Json("TRACK_OBJECT", string.Create(CultureInfo.InvariantCulture,
                $"\"point_2d\": {PointOf(state, PostOf(Target(example)))}, \"end_frame\": {frames}"))), "There are fewer frames.");
        }
        int post = PostOf(random.Pick(others));
        return new Detour(state => Track(state, $"It starts at the {TrackPosts.Names[post]}.", post), $"That one started at the {TrackPosts.Names[post]}.");
    }

    public override string WrongAnswer(Example example, SceneRandom random) => random.Pick([.. TrackPosts.Names.Where(n => n != example.Answer)]);

    public static int PostOf(TruthObject ball) => TrackPosts.At(ball.Box.CenterX, ball.Box.CenterY);

    private static string Track(DemonstrationState state, string thought, int post) =>
        Call(thought, Json("TRACK_OBJECT", $"\"point_2d\": {PointOf(state, post)}"));

    private static string PointOf(DemonstrationState state, int post)
    {
        (int x, int y) = TrackPosts.Center(post);
        return SeenPlaces.Point(state, x, y);
    }

    public override string ReadEvidence(DemonstrationState state) =>
        TrackPosts.Names.FirstOrDefault(name => state.LastObservation.Contains("], " + name + ".", StringComparison.Ordinal)) ?? Unknown;

    public override string Conclude(DemonstrationState state, string answer) => $"It ends at the {answer}.";
}
