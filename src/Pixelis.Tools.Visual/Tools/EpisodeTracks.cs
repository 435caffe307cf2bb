namespace Pixelis.Tools.Visual;

/// <summary>The tracks of one episode, by name.</summary>
internal sealed class EpisodeTracks : IDisposable
{
    private readonly Dictionary<string, EpisodeTrack> _tracks = new(StringComparer.OrdinalIgnoreCase);

    public static EpisodeTracks Of(ToolContext context) => context.State.GetOrAdd("tracks", static () => new EpisodeTracks());

    public EpisodeTrack Add(int video, int frame, IObjectTrack track)
    {
        lock (_tracks)
        {
            var added = new EpisodeTrack($"track{_tracks.Count + 1}", video, frame, track);
            _tracks.Add(added.Name, added);
            return added;
        }
    }

    public EpisodeTrack Find(string name)
    {
        lock (_tracks)
        {
            return _tracks.TryGetValue(name.Trim(), out EpisodeTrack? found)
                ? found
                : throw new VisualCallException(_tracks.Count == 0 ? $"There is no track '{name}' yet." : $"There is no track '{name}'. Tracks so far: {string.Join(", ", _tracks.Keys)}.");
        }
    }

    public void Dispose()
    {
        foreach (EpisodeTrack track in _tracks.Values)
            track.Dispose();
    }
}
