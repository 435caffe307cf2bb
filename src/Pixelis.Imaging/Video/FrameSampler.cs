namespace Pixelis.Imaging.Video;

/// <summary>Chooses evenly spaced frame numbers by Qwen's rule.</summary>
internal static class FrameSampler
{
    /// <summary>How many frames to take.</summary>
    internal static int Count(int frameCount, double framesPerSecond, VideoSampling sampling)
    {
        int multiple = sampling.FrameMultiple;
        double least = Math.Ceiling((double)sampling.MinFrames / multiple) * multiple;
        double most = Math.Floor((double)Math.Min(sampling.MaxFrames, frameCount) / multiple) * multiple;
        double wanted = frameCount / framesPerSecond * sampling.FramesPerSecond;
        double count = Math.Floor(Math.Min(Math.Min(Math.Max(wanted, least), most), frameCount) / multiple) * multiple;
        // A video shorter than one multiple gives what it has; processors repeat its last frame.
        return count >= 1 ? (int)count : Math.Min(frameCount, Math.Max(sampling.MaxFrames, 1));
    }

    /// <summary>Frame numbers from the first to the last frame, evenly spaced.</summary>
    internal static int[] Indices(int frameCount, int count)
    {
        // Single precision, from both ends, halves to even: the reference rounds a float32 linspace.
        var indices = new int[count];
        float end = frameCount - 1, step = count > 1 ? end / (count - 1) : 0;
        for (int i = 0; i < count; i++)
        {
            float at = i < count / 2 ? step * i : end - step * (count - 1 - i);
            indices[i] = Math.Clamp((int)MathF.Round(count > 1 ? at : 0, MidpointRounding.ToEven), 0, frameCount - 1);
        }
        return indices;
    }
}
