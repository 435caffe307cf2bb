using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Qwen2.5, Qwen3 (dense) or Qwen2.5-VL, from a Hugging Face folder.</summary>
public sealed partial class QwenModel : ICausalModel
{
    private readonly QwenNetwork _network;
    private readonly QwenModelOptions _options;
    private readonly RotaryEmbedding _rope;

    private QwenModel(QwenConfig config, QwenNetwork network, ScalarType type, Device device, QwenModelOptions options)
    {
        Config = config;
        _network = network;
        _options = options;
        _seen = new VisionMemory(options.VisionMemoryBytes);
        DataType = type;
        Device = device;
        QwenTextConfig text = config.Text;
        _rope = new RotaryEmbedding(text.HeadSize, text.RopeTheta, text.RopeSections, type, device);
        Description = new ModelDescription
        {
            Architecture = config.ClassName,
            VocabularySize = text.VocabularySize,
            HiddenSize = text.HiddenSize,
            LayerCount = text.LayerCount,
            KeyValueHeadCount = text.KeyValueHeadCount,
            HeadSize = text.HeadSize,
            ContextLength = text.ContextLength,
            EndOfTurnTokenIds = config.EndOfTurnTokenIds,
            PaddingTokenId = config.PaddingTokenId,
            SeesImages = config.Vision is not null,
        };
    }

    /// <summary>What config.json says.</summary>
    public QwenConfig Config { get; }

    /// <inheritdoc />
    public ModelDescription Description { get; }

    /// <inheritdoc />
    public nn.Module Module => _network;

    /// <summary>The module tree.</summary>
    internal QwenNetwork Network => _network;

    /// <summary>The rotary embedding of the decoder.</summary>
    internal RotaryEmbedding Rope => _rope;

    /// <inheritdoc />
    public Device Device { get; }

    /// <inheritdoc />
    public ScalarType DataType { get; }

    /// <summary>
    /// Loads a model. Everything is checked before the first weight is read, and a failure leaves nothing behind: the caller
    /// gets a whole model or an exception.
    /// </summary>
    /// <param name="folder">A Hugging Face model folder: config.json and safetensors.</param>
    /// <param name="options">How to load; null for the defaults.</param>
    /// <exception cref="ModelFormatException">The folder cannot be used as it is; the message names file, tensor or field, and what was expected.</exception>
    /// <exception cref="PixelisException">The options name a CUDA device that this machine does not have.</exception>
    public static QwenModel FromPretrained(string folder, QwenModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new QwenModelOptions();
        RequireDevice(options.Device);
        QwenConfig config = QwenConfig.Load(folder);
        using QwenCheckpoint checkpoint = QwenCheckpoint.Open(folder);
        WeightSpec[] specs = [.. QwenWeightMap.Of(config)];
        checkpoint.Check(specs, options.Strict);
        Device device = options.Device ?? torch.CPU;
        ScalarType type = options.DataType ?? AutomaticType(config, checkpoint, device);
        return Build(config, new CheckpointSource(checkpoint, type, device, options), type, device, options);
    }

    /// <summary>
    /// Makes a model in memory with random weights, for training from nothing: matrices normal with mean 0, norms 1, biases as matrices. Its sizes are
    /// what config.json of a folder says; the folder needs no weights. The same seed gives the same weights.
    /// </summary>
    /// <param name="config">The sizes: <see cref="QwenConfig.Load"/>.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="standardDeviation">Of the matrices. Default 0.02, as Qwen's <c>initializer_range</c>.</param>
    public static QwenModel Initialize(QwenConfig config, long seed, double standardDeviation = 0.02)
    {
        ArgumentNullException.ThrowIfNull(config);
        return RandomQwenModel.Create(config, new RandomWeightsOptions { Seed = seed, DataType = ScalarType.Float32, StandardDeviation = standardDeviation });
    }

    /// <summary>
    /// Another instance over the same memory: weights are not copied, adapters and everything a forward pass keeps are its own. So one can serve
    /// while another learns an adapter: forward passes of different instances may overlap, as long as nobody writes to the weights. Its
    /// parameters ask for no gradients. Either may be disposed first.
    /// </summary>
    public QwenModel ShareWeights() => Build(Config, new SharedSource(_network), DataType, Device, _options);

    /// <summary>Makes a model of given sizes whose weights come from anywhere.</summary>
    internal static QwenModel Build(QwenConfig config, IParameterSource source, ScalarType type, Device device, QwenModelOptions options)
    {
        using var ledger = new ParameterLedger(source);
        var network = new QwenNetwork(config, ledger);
        ledger.Release();
        return new QwenModel(config, network, type, device, options);
    }

    /// <inheritdoc />
    public KeyValueCache CreateCache(int batch, int capacity) =>
        new(new KeyValueLayout(Config.Text.LayerCount, Config.Text.KeyValueHeadCount, Config.Text.HeadSize, DataType, Device), batch, capacity);

    /// <inheritdoc />
    public void Dispose()
    {
        _seen.Dispose();
        _network.Dispose();
        _rope.Dispose();
    }

    // libtorch itself answers with a page about missing operators.
    private static void RequireDevice(Device? device)
    {
        if (device is not { type: DeviceType.CUDA })
            return;
        int present = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (device.index >= present || present == 0)
            throw new PixelisException($"the device {device} was asked for, but there are {present} CUDA devices here; expected 'cpu' or a device that is present.");
    }

    private static ScalarType AutomaticType(QwenConfig config, QwenCheckpoint checkpoint, Device device)
    {
        ScalarType type = config.DataType ?? checkpoint.Tensors["model.embed_tokens.weight"].Entry.ElementType!.Value;
        return type == ScalarType.Float16 && device.type == DeviceType.CPU ? ScalarType.Float32 : type;
    }
}
