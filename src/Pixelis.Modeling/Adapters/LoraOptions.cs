using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>Low-rank adaptation (Hu et al., 2021): what to adapt and how strongly. Defaults are PEFT's where it has any.</summary>
public sealed record LoraOptions
{
    /// <summary>Rank r of the change. Default 8.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>The change is scaled by alpha / r (rsLoRA: alpha / √r). Default 8.</summary>
    public double Alpha { get; init; } = 8;

    /// <summary>Share of inputs dropped while training, 0 to below 1. Default 0.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether to scale by alpha / √r (Kalajdzievski, 2023). Default false.</summary>
    public bool UseRankStabilizedScale { get; init; }

    /// <summary>Layers to adapt. Default the projections of the decoder layers.</summary>
    public LoraTargets Targets { get; init; } = LoraTargets.LanguageModel;

    /// <summary>Layers to leave alone although the targets hit them; null for none.</summary>
    public LoraTargets? Excluded { get; init; }

    /// <summary>Ranks of single layers: the first key that matches the end of a layer's path wins over <see cref="Rank"/>. Keys are regular expressions.</summary>
    public IReadOnlyDictionary<string, int> RankPattern { get; init; } = new Dictionary<string, int>();

    /// <summary>Alphas of single layers, as <see cref="RankPattern"/>.</summary>
    public IReadOnlyDictionary<string, double> AlphaPattern { get; init; } = new Dictionary<string, double>();

    /// <summary>Decoder layers to adapt; null for all. Layers without a number in their path are then left alone.</summary>
    public IReadOnlyList<int>? LayerIndexes { get; init; }

    /// <summary>Name or path of the model the adapter belongs to, written to adapter_config.json; null for none.</summary>
    public string? BaseModel { get; init; }

    /// <summary>Type of the adapter's matrices. Default float32, whatever the model's type: small updates vanish in half precision.</summary>
    public ScalarType DataType { get; init; } = ScalarType.Float32;

    /// <summary>Rank of a layer.</summary>
    internal int RankOf(string path) => Lookup(RankPattern, path, Rank);

    /// <summary>Scale of a layer.</summary>
    internal double ScaleOf(string path)
    {
        double alpha = Lookup(AlphaPattern, path, Alpha);
        int rank = RankOf(path);
        return UseRankStabilizedScale ? alpha / Math.Sqrt(rank) : alpha / rank;
    }

    /// <summary>Whether a layer is adapted.</summary>
    internal bool Adapts(string path) =>
        Targets.Matches(path) && Excluded?.Matches(path) != true && (LayerIndexes is null || LayerIndexes.Contains(LayerIndexOf(path)));

    private static T Lookup<T>(IReadOnlyDictionary<string, T> pattern, string path, T otherwise)
    {
        foreach ((string key, T value) in pattern)
        {
            if (AdapterKeys.SpellingsOf(path).Any(LoraTargets.Compile($@"\A(.*\.)?({key})\z").IsMatch))
                return value;
        }

        return otherwise;
    }

    private static int LayerIndexOf(string path)
    {
        foreach (string part in path.Split('.'))
        {
            if (int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int index))
                return index;
        }

        return -1;
    }
}
