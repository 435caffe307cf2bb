using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Online.Tests;

/// <summary>Experiences and vectors to test with, the same on every run.</summary>
internal static class Examples
{
    public static float[] Unit(int dimension, int seed)
    {
        var random = new Random(seed);
        var values = new float[dimension];
        for (int i = 0; i < dimension; i++)
            values[i] = (float)((random.NextDouble() + random.NextDouble() + random.NextDouble()) - 1.5);
        return EmbeddingMixer.Mix(values, []);
    }

    public static Experience Experience(string request, int dimension, int seed) => new()
    {
        RequestId = request,
        Question = $"question of {request}",
        Answer = $"answer of {request}",
        Label = $"label of {request}",
        LabelSource = LabelSource.Vote,
        Confidence = 0.8,
        Embedding = Unit(dimension, seed),
    };

    public static PixelImage Picture(int seed, int width = 12, int height = 9)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return PixelImage.Wrap(width, height, PixelFormat.Rgb24, pixels);
    }

    /// <summary>An episode whose question brought pictures, and whose tool made one more.</summary>
    public static Trajectory Episode(string id, params PixelImage[] pictures)
    {
        PixelImage cut = Picture(999, 3, 3);
        return new Trajectory
        {
            Id = id,
            Model = "test",
            Question = $"question of {id}",
            EndReason = EndReason.Answered,
            Turns = [new TrajectoryTurn { Role = Role.Assistant, Text = $"thoughts of {id}" }],
            Inputs = [.. pictures.Select((p, i) => Input(i + 1, p, "question")), Input(pictures.Length + 1, cut, "ZOOM_IN")],
            Media = [.. pictures.Select((p, i) => Visual(i + 1, p, "question")), Visual(pictures.Length + 1, cut, "ZOOM_IN")],
        };
    }

    public static Trajectory ClipEpisode(string id, VideoClip clip) => new()
    {
        Id = id,
        Model = "test",
        Question = "?",
        EndReason = EndReason.Answered,
        Inputs = [Input(1, clip.Frames[0].Image, "question") with { FrameCount = clip.Frames.Count, FramesPerSecond = clip.FramesPerSecond }],
        Media = [new NumberedVisual { Number = 1, Clip = clip, SeenWidth = 28, SeenHeight = 28, Origin = "question" }],
    };

    private static TrajectoryInput Input(int number, PixelImage image, string origin) => new()
    {
        Number = number, Hash = image.ContentHash, Width = image.Width, Height = image.Height, SeenWidth = 28, SeenHeight = 28, Origin = origin,
    };

    private static NumberedVisual Visual(int number, PixelImage image, string origin) => new()
    {
        Number = number, Image = image, SeenWidth = 28, SeenHeight = 28, Origin = origin,
    };
}
