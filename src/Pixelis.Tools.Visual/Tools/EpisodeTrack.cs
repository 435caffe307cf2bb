namespace Pixelis.Tools.Visual;

/// <summary>A track of an episode: which video, how far it has come, what was found.</summary>
internal sealed class EpisodeTrack(string name, int video, int firstFrame, IObjectTrack track) : IDisposable
{
    private readonly List<TrackedFrame> _found = [track.Current];

    public string Name => name;

    public int Video => video;

    /// <summary>Index of the first frame, from 0.</summary>
    public int FirstFrame => firstFrame;

    public IReadOnlyList<TrackedFrame> Found => _found;

    /// <summary>Follows the object to a frame (index from 0); does nothing when it was there already.</summary>
    public void Follow(VideoClip clip, int lastFrame, CancellationToken cancellationToken)
    {
        for (int i = firstFrame + _found.Count; i <= lastFrame; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _found.Add(track.Next(clip.Frames[i].Image));
        }
    }

    public void Dispose() => track.Dispose();
}
