using System.Text.Json;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Xunit.Abstractions;

namespace Pixelis.Golden.Tests;

public sealed class IndexGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> RopeFiles => [.. GoldenFolders.CaseFiles("float_seconds")];

    public static TheoryData<string> WindowFiles => [.. GoldenFolders.CaseFiles("window_index")];

    [Theory]
    [MemberData(nameof(RopeFiles))]
    public void Positions_are_exact_in_both_forms_of_seconds(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement root = document.RootElement;
        int count = 0;
        foreach (JsonElement item in root.GetProperty("cases").EnumerateArray())
        {
            QwenConfig config = ConfigOf(root, item);
            Compare(RopeIndex.Compute(RequestOf(item, integer: false), config), item.GetProperty("float_seconds"));
            JsonElement integer = item.TryGetProperty("integer_seconds", out JsonElement other) ? other : item.GetProperty("float_seconds");
            Compare(RopeIndex.Compute(RequestOf(item, integer: true), config), integer);
            count++;
        }

        output.WriteLine($"{count} cases, all positions and deltas exact");
        Assert.True(count > 0);
    }

    [Theory]
    [MemberData(nameof(WindowFiles))]
    public void Windows_frames_and_coordinates_are_exact(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonElement root = document.RootElement;
        int count = 0;
        foreach (JsonElement item in root.GetProperty("cases").EnumerateArray())
        {
            QwenVisionConfig config = VisionConfigs.Default with
            {
                PatchSize = root.GetProperty("patch_size").GetInt32(),
                MergeSize = root.GetProperty("spatial_merge_size").GetInt32(),
                WindowSize = item.GetProperty("window_size").GetInt32(),
            };
            WindowPlan plan = WindowPlan.Create(Grids(item, "grid_thw"), config);
            Assert.Equal(Flat(item.GetProperty("window_index")), plan.Order.Select(i => (long)i));
            Assert.Equal(Flat(item.GetProperty("cu_window_seqlens")), plan.WindowBorders.Select(i => (long)i));
            Assert.Equal(Flat(item.GetProperty("cu_seqlens")), plan.FrameBorders.Select(i => (long)i));
            Assert.Equal(Flat(item.GetProperty("patch_hw")), plan.Rows.Zip(plan.Columns).SelectMany(p => new long[] { p.First, p.Second }));
            count++;
        }

        output.WriteLine($"{count} cases exact");
        Assert.True(count > 0);
    }

    private static void Compare(RopePlan plan, JsonElement expected)
    {
        Assert.Equal(Flat(expected.GetProperty("position_ids")), plan.Positions);
        long[] deltas = Flat(expected.GetProperty("rope_deltas"));
        int length = plan.Offsets.Length / deltas.Length;
        Assert.Equal(deltas, Enumerable.Range(0, deltas.Length).Select(row => plan.DeltaOf(row, length)));
    }

    private static RopeRequest RequestOf(JsonElement item, bool integer)
    {
        JsonElement ids = item.GetProperty("input_ids");
        return new RopeRequest
        {
            Ids = Flat(ids),
            Batch = ids.GetArrayLength(),
            Length = ids[0].GetArrayLength(),
            Padding = Array.ConvertAll(Flat(item.GetProperty("attention_mask")), value => value == 0),
            Images = Grids(item, "image_grid_thw"),
            Videos = Grids(item, "video_grid_thw"),
            SecondsPerGrid = [.. item.GetProperty("second_per_grid_ts").EnumerateArray().Select(value => value.GetDouble())],
            IntegerSeconds = integer,
        };
    }

    private static QwenConfig ConfigOf(JsonElement root, JsonElement item)
    {
        QwenConfig config = VisionConfigs.Model;
        return config with
        {
            VisionStartTokenId = root.GetProperty("vision_start_token_id").GetInt32(),
            ImageTokenId = root.GetProperty("image_token_id").GetInt32(),
            VideoTokenId = root.GetProperty("video_token_id").GetInt32(),
            Vision = config.Vision! with
            {
                MergeSize = root.GetProperty("spatial_merge_size").GetInt32(),
                TokensPerSecond = item.GetProperty("tokens_per_second").GetDouble(),
            },
        };
    }

    private static IReadOnlyList<VisionGrid> Grids(JsonElement item, string name) =>
        [.. item.GetProperty(name).EnumerateArray().Select(grid => new VisionGrid(grid[0].GetInt32(), grid[1].GetInt32(), grid[2].GetInt32()))];

    private static long[] Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Flat)] : [element.GetInt64()];
}
