using System.ComponentModel;

namespace Pixelis.Tools.Visual;

/// <summary>Arguments of <see cref="SelectFramesTool"/>: frame numbers, or times.</summary>
public sealed record SelectFramesArguments
{
    /// <summary>Frame numbers from 1.</summary>
    [Description("Numbers of the frames to look at, from 1, among the frames you were shown; at most 8.")]
    public int[]? TargetFrames { get; init; }

    /// <summary>Times in seconds.</summary>
    [Description("Times of the frames to look at, in seconds from the start, also between the frames you were shown; at most 8. Give this or target_frames.")]
    public double[]? Times { get; init; }

    /// <summary>Frame numbers of the whole video, from 1.</summary>
    [Description("Numbers of the frames to look at, from 1, among all frames of the video file; at most 8.")]
    public int[]? SourceFrames { get; init; }

    /// <summary>Number of the video.</summary>
    [Description("Number of the video; 1 is the first of the question.")]
    public int TargetVideo { get; init; } = 1;
}
