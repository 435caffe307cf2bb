using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Tensors;
using static TorchSharp.torch;

namespace Pixelis.Golden.Tests.Generation;

/// <summary>Hands out the images and videos of a case in the order of their placeholders.</summary>
internal sealed class PictureQueue
{
    private readonly QwenConfig _config;
    private readonly Queue<(VisionGrid Grid, float[] Patches)> _images;
    private readonly Queue<(VisionGrid Grid, float[] Patches)> _videos;
    private readonly Queue<float> _seconds;

    public PictureQueue(SafetensorsReader expected, QwenConfig config)
    {
        _config = config;
        _images = Read(expected, "image_grid_thw", "pixel_values");
        _videos = Read(expected, "video_grid_thw", "pixel_values_videos");
        _seconds = new Queue<float>(Floats(expected, "second_per_grid_ts"));
    }

    public Prompt PromptOf(int[] tokens)
    {
        var visuals = new List<VisualInput>();
        for (int i = 1; i < tokens.Length; i++)
        {
            bool video = tokens[i] == _config.VideoTokenId;
            if (_config.Vision is null || tokens[i - 1] != _config.VisionStartTokenId || !(video || tokens[i] == _config.ImageTokenId))
                continue;
            (VisionGrid grid, float[] patches) = (video ? _videos : _images).Dequeue();
            int length = grid.PatchCount / (_config.Vision.MergeSize * _config.Vision.MergeSize);
            var visual = new VisualInput(i, length, grid, patches) { IsVideo = video };
            visuals.Add(video && _seconds.TryDequeue(out float seconds) ? visual with { SecondsPerGrid = seconds } : visual);
        }
        return new Prompt(tokens, visuals);
    }

    private static Queue<(VisionGrid Grid, float[] Patches)> Read(SafetensorsReader expected, string grids, string patches)
    {
        var queue = new Queue<(VisionGrid Grid, float[] Patches)>();
        float[] values = Floats(expected, patches);
        int width = values.Length == 0 ? 0 : (int)expected.Entries[patches].Shape[1], offset = 0;
        foreach (long[] thw in GreedyCase.Longs(expected, grids).Chunk(3))
        {
            var grid = new VisionGrid((int)thw[0], (int)thw[1], (int)thw[2]);
            int count = grid.PatchCount * width;
            queue.Enqueue((grid, values[offset..(offset + count)]));
            offset += count;
        }
        return queue;
    }

    private static float[] Floats(SafetensorsReader reader, string name) =>
        reader.Entries.ContainsKey(name) ? reader.Read(name).to(ScalarType.Float32).reshape(-1).data<float>().ToArray() : [];
}
