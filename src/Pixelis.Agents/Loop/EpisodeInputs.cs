using Pixelis.Generation;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Loop;

/// <summary>The pictures and videos of one episode, numbered in the order the model sees them.</summary>
internal sealed class EpisodeInputs
{
    private readonly List<NumberedVisual> _inputs = [];

    public IReadOnlyList<NumberedVisual> All => _inputs;

    /// <summary>A snapshot for tools, which may run while more are added.</summary>
    public IReadOnlyList<NumberedVisual> Snapshot() => [.. _inputs];

    /// <summary>Numbers the media of the question.</summary>
    public IReadOnlyList<NumberedVisual> AddQuestion(IReadOnlyList<ContentPart> media)
    {
        int first = _inputs.Count;
        foreach (ContentPart part in media)
        {
            _inputs.Add(part switch
            {
                ImagePart image => Of(image.Image, "question"),
                VideoPart video => new NumberedVisual { Number = _inputs.Count + 1, Clip = video.Clip, SeenWidth = video.Clip.Width, SeenHeight = video.Clip.Height, Origin = "question" },
                _ => throw new ArgumentException("A question's media are images and videos.", nameof(media)),
            });
        }
        return _inputs[first..];
    }

    /// <summary>Numbers the pictures of a tool's result.</summary>
    public IReadOnlyList<NumberedVisual> AddResult(string tool, ToolResult result)
    {
        int first = _inputs.Count;
        foreach (ToolImage image in result.Images)
            _inputs.Add(Of(image.Image, tool) with { Parent = image.Parent, ParentBox = image.ParentBox });
        return _inputs[first..];
    }

    /// <summary>Forgets the last pictures, so that <paramref name="count"/> are left.</summary>
    public void TakeBack(int count) => _inputs.RemoveRange(count, _inputs.Count - count);

    /// <summary>Records how large the model saw the last pictures.</summary>
    public void SetSeen(IReadOnlyList<SeenSize> sizes)
    {
        int first = _inputs.Count - sizes.Count;
        for (int i = 0; i < sizes.Count; i++)
            _inputs[first + i] = _inputs[first + i] with { SeenWidth = sizes[i].Width, SeenHeight = sizes[i].Height };
    }

    public IReadOnlyList<TrajectoryInput> Describe(IReadOnlyDictionary<int, string> paths) => [.. _inputs.Select(input => new TrajectoryInput
    {
        Number = input.Number,
        Hash = (input.Image ?? input.Clip!.Frames[0].Image).ContentHash,
        Width = input.SourceWidth,
        Height = input.SourceHeight,
        SeenWidth = input.SeenWidth,
        SeenHeight = input.SeenHeight,
        FrameCount = input.Clip?.Frames.Count ?? 0,
        FramesPerSecond = input.Clip?.FramesPerSecond ?? 0,
        Origin = input.Origin,
        Parent = input.Parent,
        ParentBox = input.ParentBox,
        Path = paths.GetValueOrDefault(input.Number) ?? input.Clip?.SourcePath,
    })];

    private NumberedVisual Of(PixelImage image, string origin) =>
        new() { Number = _inputs.Count + 1, Image = image, SeenWidth = image.Width, SeenHeight = image.Height, Origin = origin };
}
