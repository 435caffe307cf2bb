using Pixelis.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Modeling.Tests;

/// <summary>A module tree with the paths of a vision-language model: two decoder layers, one vision block, a head.</summary>
internal sealed class TinyTree : NamedModule
{
    private readonly List<Projection> _queries = [];

    public TinyTree()
        : base(nameof(TinyTree))
    {
        Node[] layers = [Layer(), Layer()];
        Register("model", new Node(("layers", new ModuleSequence<Node>(layers))));
        Register("visual", new Node(("blocks", new ModuleSequence<Node>([new Node(("mlp", new Node(("gate_proj", Linear()))))]))));
        Register("lm_head", Linear());
    }

    public Projection Query(int layer) => _queries[layer];

    private Node Layer()
    {
        Projection query = Linear();
        _queries.Add(query);
        return new Node(("self_attn", new Node(("q_proj", query))), ("mlp", new Node(("gate_proj", Linear()))));
    }

    private static Projection Linear() => new(new Parameter(randn([8, 8])));

    internal sealed class Node : NamedModule
    {
        public Node(params (string Name, nn.Module Module)[] children)
            : base(nameof(Node))
        {
            foreach ((string name, nn.Module module) in children)
                Register(name, module);
        }
    }
}
