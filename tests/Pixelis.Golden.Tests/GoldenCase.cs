using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Golden.Tests;

/// <summary>A case's model and its expectations.</summary>
internal sealed class GoldenCase : IDisposable
{
    private readonly SafetensorsReader _expected;

    public GoldenCase(string folder, ScalarType type = ScalarType.Float32)
    {
        Folder = folder;
        _expected = SafetensorsReader.Open(Path.Combine(folder, "expected.safetensors"));
        Model = QwenModel.FromPretrained(folder, new QwenModelOptions { DataType = type });
        using Tensor ids = _expected.Read("input_ids");
        (Rows, Length) = ((int)ids.shape[0], (int)ids.shape[1]);
        PromptLength = (int)Longs("prompt_len")[0];
    }

    public string Folder { get; }

    public QwenModel Model { get; }

    public int Rows { get; }

    public int Length { get; }

    public int PromptLength { get; }

    public IEnumerable<string> Names => _expected.Entries.Keys;

    public bool Has(string name) => _expected.Entries.ContainsKey(name);

    public Tensor Read(string name) => _expected.Read(name);

    public long[] Longs(string name)
    {
        using Tensor tensor = _expected.Read(name);
        return tensor.Longs();
    }

    public float[] Floats(string name)
    {
        using Tensor tensor = _expected.Read(name);
        return tensor.Floats();
    }

    /// <summary>Everything: prompt, completion and pictures.</summary>
    public ModelInputs Inputs() => Inputs(Longs("input_ids"), Longs("attention_mask"), Length, Enumerable.Range(0, Rows));

    /// <summary>The prompts of all rows, with their padding.</summary>
    public ModelInputs Prompts() => Inputs(
        Columns(Longs("input_ids"), 0, PromptLength), Columns(Longs("attention_mask"), 0, PromptLength), PromptLength, Enumerable.Range(0, Rows));

    /// <summary>The prompt of one row without its padding, and the pictures that belong to it.</summary>
    public ModelInputs Prompt(int row)
    {
        long[] mask = Columns(Longs("attention_mask"), 0, PromptLength);
        long[] ids = Columns(Longs("input_ids"), 0, PromptLength);
        long[] own = [.. Enumerable.Range(row * PromptLength, PromptLength).Where(i => mask[i] != 0).Select(i => ids[i])];
        return Inputs(own, Enumerable.Repeat(1L, own.Length).ToArray(), own.Length, [row]);
    }

    /// <summary>Some columns of every row of an array <c>[Rows, Length]</c>.</summary>
    public long[] Columns(long[] values, int first, int count) =>
        [.. Enumerable.Range(0, Rows).SelectMany(row => values.Skip((row * Length) + first).Take(count))];

    public IReadOnlyList<VisionGrid> Grids(string name)
    {
        if (!Has(name))
            return [];
        long[] values = Longs(name);
        return [.. Enumerable.Range(0, values.Length / 3).Select(i => new VisionGrid((int)values[3 * i], (int)values[(3 * i) + 1], (int)values[(3 * i) + 2]))];
    }

    public void Dispose()
    {
        Model.Dispose();
        _expected.Dispose();
    }

    private ModelInputs Inputs(long[] ids, long[] mask, int length, IEnumerable<int> rows)
    {
        HashSet<int> chosen = [.. rows];
        (int[] images, int[] videos) = (PicturesOf(chosen, video: false), PicturesOf(chosen, video: true));
        IReadOnlyList<VisionGrid> imageGrids = Grids("image_grid_thw");
        IReadOnlyList<VisionGrid> videoGrids = Grids("video_grid_thw");
        float[] seconds = Has("second_per_grid_ts") ? Floats("second_per_grid_ts") : [];
        return new ModelInputs
        {
            InputIds = torch.tensor(ids, [chosen.Count, length]),
            AttentionMask = mask.Contains(0) ? torch.tensor(mask, [chosen.Count, length]) : null,
            PixelValues = Patches("pixel_values", imageGrids, images),
            ImageGrids = [.. images.Select(i => imageGrids[i])],
            PixelValuesVideos = Patches("pixel_values_videos", videoGrids, videos),
            VideoGrids = [.. videos.Select(i => videoGrids[i])],
            SecondsPerGrid = seconds.Length == 0 ? [] : [.. videos.Select(i => (double)seconds[i])],
        };
    }

    private int[] PicturesOf(HashSet<int> rows, bool video)
    {
        (int images, int videos) = (Grids("image_grid_thw").Count, Grids("video_grid_thw").Count);
        if (images + videos == 0)
            return [];
        RopePlan plan = Plan();
        return [.. plan.Pictures.Where(p => p.IsVideo == video && rows.Contains(p.Row)).Select(p => p.Index).Order()];
    }

    /// <summary>Positions as computed from the case's ids, mask and grids.</summary>
    public RopePlan Plan() => RopeIndex.Compute(
        new RopeRequest
        {
            Ids = Longs("input_ids"),
            Batch = Rows,
            Length = Length,
            Padding = Array.ConvertAll(Longs("attention_mask"), value => value == 0),
            Images = Grids("image_grid_thw"),
            Videos = Grids("video_grid_thw"),
            SecondsPerGrid = Has("second_per_grid_ts") ? Array.ConvertAll(Floats("second_per_grid_ts"), value => (double)value) : [],
        },
        Model.Config);

    private Tensor? Patches(string name, IReadOnlyList<VisionGrid> grids, int[] chosen)
    {
        if (chosen.Length == 0)
            return null;
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor all = _expected.Read(name);
        var parts = new List<Tensor>();
        foreach (int index in chosen)
            parts.Add(all.narrow(0, grids.Take(index).Sum(grid => grid.PatchCount), grids[index].PatchCount));
        return torch.cat(parts.ToArray(), 0).MoveToOuterDisposeScope();
    }
}
