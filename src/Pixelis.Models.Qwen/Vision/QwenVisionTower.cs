using System.Globalization;
using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>The vision tower, <c>visual.*</c> in a checkpoint: patches of images or videos to features for the decoder.</summary>
internal sealed class QwenVisionTower : NamedModule
{
    private readonly QwenVisionConfig _config;
    private readonly HashSet<int> _fullBlocks;
    private readonly PatchEmbedding _embedding;
    private readonly ModuleSequence<VisionBlock> _blocks;
    private readonly PatchMerger _merger;
    private readonly float[] _frequencies;
    private readonly Projection[] _projections;

    public QwenVisionTower(QwenVisionConfig config, IParameterSource source)
        : base(nameof(QwenVisionTower))
    {
        _config = config;
        _fullBlocks = [.. config.FullAttentionBlocks];
        _embedding = Register("patch_embed", new PatchEmbedding(source));
        IEnumerable<VisionBlock> blocks = Enumerable.Range(0, config.Depth).Select(
            block => new VisionBlock(config, string.Create(CultureInfo.InvariantCulture, $"visual.blocks.{block}."), source));
        _blocks = Register("blocks", new ModuleSequence<VisionBlock>(blocks));
        _merger = Register("merger", new PatchMerger(config, source));
        int half = config.HeadSize / 2;
        _frequencies = new float[half / 2];
        for (int i = 0; i < _frequencies.Length; i++)
            _frequencies[i] = (float)(1 / Math.Pow(QwenVisionConfig.RopeTheta, 2.0 * i / half));
        _projections = [.. modules().OfType<Projection>()];
    }

    /// <summary>Grows when an adapter of a layer is switched on or off, merged or unmerged.</summary>
    public long Revision => _projections.Sum(projection => projection.Revision);

    /// <summary>Whether an adapter changes what a layer computes.</summary>
    public bool HasAdapter => Array.Exists(_projections, projection => projection.Delta is not null);

    /// <summary>Whether a weight asks for gradients.</summary>
    public bool AsksForGradients => parameters().Any(parameter => parameter.requires_grad);

    /// <summary>Sees.</summary>
    /// <param name="patches">Flattened patches of all pictures, <c>float32 [N, patch length]</c>, in file order.</param>
    /// <param name="grids">One grid a picture; together they have N patches.</param>
    /// <param name="trace">Receives intermediate results; null to drop them.</param>
    /// <returns>Features <c>[N / merge², H]</c> in natural order, in the dispose scope of the caller.</returns>
    /// <exception cref="ModelInputException">Patches and grids do not match.</exception>
    public Tensor Forward(Tensor patches, IReadOnlyList<VisionGrid> grids, VisionTrace? trace = null)
    {
        WindowPlan plan = WindowPlan.Create(grids, _config);
        if (patches.dim() != 2 || patches.shape[0] != plan.Rows.Length || patches.shape[1] != _config.PatchLength)
        {
            throw new ModelInputException(
                $"pixel values have shape [{string.Join(", ", patches.shape)}]; the grids need [{plan.Rows.Length}, {_config.PatchLength}]");
        }

        using DisposeScope scope = torch.NewDisposeScope();
        Tensor hidden = _embedding.Forward(patches);
        Device device = hidden.device;
        trace?.Add("patch_embed", hidden);
        Tensor order = torch.tensor(plan.Order.Select(unit => (long)unit).ToArray(), device: device);
        hidden = Reorder(hidden, order);
        Tensor angles = Angles(plan, device);
        trace?.Add("rotary_angles", angles);
        using RotaryFactors factors = RotaryRotation.FactorsOf(Reorder(angles, order).unsqueeze(1), ScalarType.Float32);
        using SegmentGroups windows = SegmentGroups.Create(plan.WindowBorders, device);
        using SegmentGroups frames = SegmentGroups.Create(plan.FrameBorders, device);
        for (int block = 0; block < _blocks.Items.Count; block++)
        {
            Tensor next = _blocks.Items[block].Forward(hidden, factors, _fullBlocks.Contains(block) ? frames : windows);
            hidden.Dispose();
            hidden = next;
            trace?.Add(string.Create(CultureInfo.InvariantCulture, $"block.{block}"), hidden);
        }

        Tensor merged = _merger.Forward(hidden);
        trace?.Add("merger_window_order", merged);
        if (trace is not null)
            trace.Plan = plan;
        return merged.index_select(0, order.argsort()).MoveToOuterDisposeScope();
    }

    /// <summary>Rows in window order; the patches of a merged unit stay together.</summary>
    private Tensor Reorder(Tensor x, Tensor order)
    {
        using Tensor units = x.view(-1, _config.PatchesPerFeature, x.shape[1]);
        using Tensor chosen = units.index_select(0, order);
        return chosen.view(x.shape[0], x.shape[1]);
    }

    /// <summary>Row angles, then column angles, of each patch: <c>[N, head size / 2]</c> in natural order.</summary>
    private Tensor Angles(WindowPlan plan, Device device)
    {
        int quarter = _frequencies.Length;
        var angles = new float[plan.Rows.Length * 2 * quarter];
        for (int patch = 0; patch < plan.Rows.Length; patch++)
        {
            int start = patch * 2 * quarter;
            for (int i = 0; i < quarter; i++)
            {
                angles[start + i] = plan.Rows[patch] * _frequencies[i];
                angles[start + quarter + i] = plan.Columns[patch] * _frequencies[i];
            }
        }

        return torch.tensor(angles, [plan.Rows.Length, 2 * quarter], device: device);
    }
}
