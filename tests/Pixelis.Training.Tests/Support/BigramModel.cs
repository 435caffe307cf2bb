using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Support;

/// <summary>The smallest causal model: logits of the next token are a function of this one. Weights come from a seed.</summary>
internal sealed class BigramModel : ICausalModel
{
    public const int Vocabulary = 128;
    public const int Width = 8;

    private readonly Network _network;

    public BigramModel(long seed = 1)
    {
        using var generator = new Generator((ulong)seed, torch.CPU);
        _network = new Network(Draw([Vocabulary, Width], generator), Draw([Vocabulary, Width], generator), Draw([Vocabulary], generator));
    }

    public ModelDescription Description { get; } = new()
    {
        Architecture = "Bigram", VocabularySize = Vocabulary, HiddenSize = Width, LayerCount = 1, KeyValueHeadCount = 1, HeadSize = Width, ContextLength = 512,
    };

    public nn.Module Module => _network;

    public Device Device => torch.CPU;

    public ScalarType DataType => ScalarType.Float32;

    /// <summary>Called before each forward pass: where tests break things.</summary>
    public Action? BeforeForward { get; set; }

    public Parameter Embedding => _network.Embedding;

    public Projection Head => _network.Head;

    public KeyValueCache CreateCache(int batch, int capacity) => throw new NotSupportedException();

    public ModelOutput Forward(ModelInputs inputs, KeyValueCache? cache = null, ForwardOptions? options = null)
    {
        BeforeForward?.Invoke();
        Tensor states = _network.Embedding.index_select(0, inputs.InputIds.reshape(-1)).view(inputs.InputIds.shape[0], inputs.InputIds.shape[1], Width);
        Tensor rows = options?.LogitRows is { } chosen ? states.reshape(-1, Width).index_select(0, chosen) : states;
        return new ModelOutput(_network.Head.Forward(rows), options?.LogitRows is null ? states : rows.unsqueeze(0), []);
    }

    public void Dispose() => _network.Dispose();

    private static Parameter Draw(long[] shape, Generator generator)
    {
        var parameter = new Parameter(torch.randn(shape, generator: generator), requires_grad: true);
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    private sealed class Network : NamedModule
    {
        public Network(Parameter embedding, Parameter weight, Parameter bias)
            : base(nameof(Network))
        {
            Embedding = Register("embedding", embedding)!;
            Head = Register("head", new Projection(weight, bias));
        }

        public Parameter Embedding { get; }

        public Projection Head { get; }
    }
}
