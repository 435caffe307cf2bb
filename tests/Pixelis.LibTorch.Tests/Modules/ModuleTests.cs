using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

public sealed class ModuleTests
{
    [Fact]
    public void FieldsAreRegisteredUnderTheirNames()
    {
        using var net = new Net();
        string[] names = net.named_parameters().Select(entry => entry.name).ToArray();
        Assert.Equal(["scale", "first.weight", "first.bias", "layers.0.weight", "layers.1.weight"], names);
        Assert.Equal(["offset"], net.named_buffers().Select(entry => entry.name));
        Assert.Equal(["first", "layers", "layers.0", "layers.1"], net.named_modules().Select(entry => entry.name));
        Assert.Equal(6, net.state_dict().Count);
        Assert.NotNull(net.get_parameter("layers.1.weight"));
        Assert.Null(net.get_parameter("layers.7.weight"));
    }

    [Fact]
    public void StateMovesBetweenModules()
    {
        using var source = new Net();
        using var target = new Net();
        target.load_state_dict(source.state_dict());
        using Tensor x = ones([1, 3]);
        using Tensor expected = source.call(x), actual = target.call(x);
        Assert.True(actual.allclose(expected, 0, 0));
        Dictionary<string, Tensor> partial = source.state_dict();
        partial.Remove("scale");
        Assert.Throws<InvalidOperationException>(() => target.load_state_dict(partial));
        (IList<string> missing, IList<string> unexpected) = target.load_state_dict(partial, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Empty(unexpected);
    }

    [Fact]
    public void ConvertingAModuleKeepsFieldsAndRegistryTogether()
    {
        using var net = new Net();
        net.to(ScalarType.Float64);
        Assert.All(net.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.Equal(ScalarType.Int64, net.get_buffer("offset")!.dtype);
        using Tensor y = net.call(ones([1, 3], ScalarType.Float64));
        Assert.Equal(ScalarType.Float64, y.dtype);
    }

    [Fact]
    public void DisposingAModuleDisposesItsTensors()
    {
        var net = new Net();
        Parameter[] parameters = net.parameters().ToArray();
        net.Dispose();
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
    }

    [Fact]
    public void TrainingModeReachesSubmodules()
    {
        using var net = new Net();
        net.eval();
        Assert.All(net.modules(), module => Assert.False(module.training));
        net.train();
        Assert.All(net.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void ZeroGradDropsGradients()
    {
        using var net = new Net();
        net.call(ones([2, 3])).sum().backward();
        Assert.NotNull(net.scale.grad);
        net.zero_grad();
        Assert.Null(net.scale.grad);
    }

    [Fact]
    public void HooksRunAroundForward()
    {
        using Linear linear = nn.Linear(2, 1);
        int calls = 0;
        var remover = linear.register_forward_hook((_, _, result) =>
        {
            calls++;
            return result;
        });
        linear.call(ones([1, 2])).Dispose();
        remover.remove();
        linear.call(ones([1, 2])).Dispose();
        Assert.Equal(1, calls);
    }

    [Fact]
    public void ASharedTensorIsEnumeratedOnceAndSavedUnderBothNames()
    {
        using var tied = new Tied();
        Assert.Single(tied.named_parameters());
        Assert.Equal(["a.weight", "b.weight"], tied.state_dict().Keys.Order());
    }

    private sealed class Tied : nn.Module
    {
        private readonly Linear a = nn.Linear(2, 2, hasBias: false);
        private readonly Linear b;

        public Tied()
            : base(nameof(Tied))
        {
            b = nn.Linear(a.weight);
            RegisterComponents();
        }
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(3, 2);
        private readonly ModuleList<Linear> layers = new(nn.Linear(2, 2, hasBias: false), nn.Linear(2, 2, hasBias: false));
        private readonly Tensor offset = tensor(new long[] { 1, 2 });
        internal readonly Parameter scale = nn.Parameter(ones([2]));

        public Net()
            : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            Tensor x = first.call(input);
            foreach (Linear layer in layers)
                x = layer.call(x);
            return x * scale + offset;
        }
    }
}
