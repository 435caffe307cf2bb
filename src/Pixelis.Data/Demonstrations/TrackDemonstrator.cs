using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>track: follow the ball from the post the question names; the answer is the place the tool says it ends at.</summary>
internal sealed class TrackDemonstrator : FamilyDemonstrator
{
    public override IReadOnlyList<DemonstrationStep> Look(Example example)
    {
        TruthObject target = Target(example);
        int post = PostOf(target);
        return [new(state => Track(state, $"It starts at the {TrackPosts.Names[post]}.", post))];
    }

    public static int PostOf(TruthObject ball) => TrackPosts.At(ball.Box.CenterX, ball.Box.CenterY);

    public static string Track(DemonstrationState state, string thought, int post)
    {
        (int x, int y) = TrackPosts.Center(post);
        return Call(thought, Json("TRACK_OBJECT", $"\"point_2d\": {SeenPlaces.Point(state, x, y)}"));
    }

    public override string ReadEvidence(DemonstrationState state) =>
        TrackPosts.Names.FirstOrDefault(name => state.LastObservation.Contains("], " + name + ".", StringComparison.Ordinal)) ?? Unknown;

    public override string Conclude(DemonstrationState state, string answer) => $"It ends at the {answer}.";
}
