using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>What the calls of an episode build on, followed call by call.</summary>
internal sealed class Prerequisites(Trajectory trajectory)
{
    private readonly bool _hasVideo = trajectory.Inputs.Any(i => i.FrameCount > 0);
    private readonly HashSet<string> _objects = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _tracks = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the next call lacks, or null; then remembers what it brought.</summary>
    public string? Missing(EpisodeCall call)
    {
        string? missing = call.Tool switch
        {
            ToolNames.SelectFrames or ToolNames.TrackObject when !_hasVideo => "there is no video",
            ToolNames.TrackObject when Unknown(call.Texts("track_id"), _tracks) is { } track => $"no track '{track}' was begun",
            ToolNames.GetProperties when Unknown(call.Texts("object").Concat(call.Texts("objects")), _objects) is { } name => $"no object '{name}' was segmented",
            _ => null,
        };
        if (call.Succeeded && call.Tool == ToolNames.SegmentObjectAt)
            _objects.Add(NameOf(call, "name"));
        if (call.Succeeded && call.Tool == ToolNames.TrackObject)
            _tracks.Add(NameOf(call, "track"));
        return missing;
    }

    private static string? Unknown(IEnumerable<string> names, HashSet<string> known) => names.FirstOrDefault(n => !known.Contains(n.Trim()));

    // Results begin with the name of what they found; records of other programs may hold no more than that text.
    private static string NameOf(EpisodeCall call, string member) =>
        call.Result(member) is { } value && EpisodeCall.TextOf(value) is { } name ? name : call.Invocation.ResultText.Split(':')[0].Trim();
}
