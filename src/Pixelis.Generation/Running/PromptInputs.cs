using Pixelis.Modeling;
using static TorchSharp.torch;

namespace Pixelis.Generation.Running;

/// <summary>Makes a model's inputs from a part of a prompt.</summary>
internal static class PromptInputs
{
    /// <summary>Tokens [start, end) with the visuals that lie in them. The tensors belong to the caller's dispose scope.</summary>
    public static ModelInputs Slice(Prompt prompt, int start, int end, Device device)
    {
        var ids = new long[end - start];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = prompt.TokenIds[start + i];
        VisualInput[] visuals = [.. prompt.Visuals.Where(v => v.Start >= start && v.End <= end)];
        VisualInput[] images = [.. visuals.Where(v => !v.IsVideo)];
        VisualInput[] videos = [.. visuals.Where(v => v.IsVideo)];
        return new ModelInputs
        {
            InputIds = tensor(ids, [1, ids.Length], device: device),
            PixelValues = Patches(images, device),
            ImageGrids = [.. images.Select(v => v.Grid)],
            ImageKeys = [.. images.Select(v => v.ContentKey)],
            PixelValuesVideos = Patches(videos, device),
            VideoGrids = [.. videos.Select(v => v.Grid)],
            VideoKeys = [.. videos.Select(v => v.ContentKey)],
            SecondsPerGrid = [.. videos.Select(v => v.SecondsPerGrid)],
        };
    }

    private static Tensor? Patches(VisualInput[] visuals, Device device)
    {
        if (visuals.Length == 0)
            return null;
        long rows = visuals.Sum(v => (long)v.Grid.PatchCount);
        var values = new float[visuals.Sum(v => v.Patches.Length)];
        int offset = 0;
        foreach (VisualInput visual in visuals)
        {
            visual.Patches.Span.CopyTo(values.AsSpan(offset));
            offset += visual.Patches.Length;
        }
        return tensor(values, [rows, values.Length / rows], device: device);
    }
}
