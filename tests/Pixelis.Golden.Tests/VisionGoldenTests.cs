using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Pixelis.Golden.Tests;

public sealed class VisionGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Passes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string folder in GoldenFolders.Models)
            {
                using var reader = Tensors.SafetensorsReader.Open(Path.Combine(folder, "expected.safetensors"));
                foreach (string pass in new[] { "vision", "vision_video" })
                {
                    if (reader.Entries.ContainsKey(pass + ".window_index"))
                        data.Add(folder, pass);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Passes))]
    public void Every_stage_agrees(string folder, string pass)
    {
        bool video = pass == "vision_video";
        using var golden = new GoldenCase(folder);
        using IDisposable mode = torch.inference_mode();
        using Tensor pixels = golden.Read(video ? "pixel_values_videos" : "pixel_values");
        IReadOnlyList<VisionGrid> grids = golden.Grids(video ? "video_grid_thw" : "image_grid_thw");
        using var trace = new VisionTrace();
        using Tensor features = golden.Model.Network.Vision!.Forward(pixels, grids, trace);

        Assert.Equal(golden.Longs(pass + ".window_index"), trace.Plan!.Order.Select(i => (long)i));
        Assert.Equal(golden.Longs(pass + ".cu_window_seqlens"), trace.Plan.WindowBorders.Select(i => (long)i));
        Assert.Equal(golden.Longs(pass + ".cu_seqlens"), trace.Plan.FrameBorders.Select(i => (long)i));
        int compared = 0;
        foreach ((string name, Tensor tensor) in trace.Tensors)
        {
            if (!golden.Has($"{pass}.{name}"))
                continue;
            compared++;
            GoldenReport.Check(output, folder, $"{pass}.{name}", Numbers.LargestDifference(tensor.Floats(), golden.Floats($"{pass}.{name}")), 1e-4);
        }

        Assert.True(compared > 2, "the case holds hardly any intermediate results");
        string embeds = video ? "video_embeds" : "vision_embeds";
        GoldenReport.Check(output, folder, embeds, Numbers.LargestDifference(features.Floats(), golden.Floats(embeds)), 1e-4);
    }
}
