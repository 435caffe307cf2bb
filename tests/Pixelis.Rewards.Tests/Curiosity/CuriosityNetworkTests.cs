using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Rewards.Tests.Curiosity;

public class CuriosityNetworkTests
{
    private static readonly CuriosityOptions Options = new() { StateSize = 5, FeatureSize = 4, HiddenSize = 7, ActionSize = 32, Seed = 3 };

    [Fact]
    public void Errors_are_those_of_the_formulas()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var network = new CuriosityNetwork(Options, ScalarType.Float64);
        Dictionary<string, Tensor> weights = network.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        (double[] state, double[] action, double[] next) = (Numbers(5, 1), Numbers(32, 2), Numbers(5, 3));
        (Tensor forward, Tensor inverse) = network.Errors(Row(state), Row(action), Row(next));

        double[] from = Features(state), to = Features(next);
        Assert.Equal(MeanSquare(Layers("forward", [.. from, .. action]), to), forward.ToDouble(), 1e-12);
        Assert.Equal(MeanSquare(Layers("inverse", [.. from, .. to]), action), inverse.ToDouble(), 1e-12);

        double[] Features(double[] s) => Norm(Layers("encoder", Norm(s)));

        double[] Layers(string name, double[] x) => Linear($"{name}_out", [.. Linear($"{name}_in", x).Select(v => Math.Max(0, v))]);

        double[] Linear(string name, double[] x)
        {
            double[] w = weights[$"{name}.weight"].data<double>().ToArray(), b = weights[$"{name}.bias"].data<double>().ToArray();
            return [.. b.Select((bias, row) => bias + x.Select((v, i) => v * w[(row * x.Length) + i]).Sum())];
        }
    }

    [Fact]
    public void Gradients_are_finite_differences()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var network = new CuriosityNetwork(Options, ScalarType.Float64);
        Tensor state = Row(Numbers(15, 1)).reshape(3, 5), action = Row(Numbers(96, 2)).reshape(3, 32), next = Row(Numbers(15, 3)).reshape(3, 5);
        Loss().backward();
        int checkedCount = 0;
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            double[] gradient = parameter.grad!.data<double>().ToArray();
            using IDisposable noGrad = torch.no_grad();
            Tensor flat = parameter.view(-1);
            for (int i = 0; i < gradient.Length; i += Math.Max(1, gradient.Length / 5))
            {
                const double Small = 1e-6;
                flat[i].add_(Small);
                double above = Loss().ToDouble();
                flat[i].sub_(2 * Small);
                double below = Loss().ToDouble();
                flat[i].add_(Small);
                Assert.True(Math.Abs(((above - below) / (2 * Small)) - gradient[i]) < 1e-6, $"{name}[{i}]: {(above - below) / (2 * Small)} and {gradient[i]}");
                checkedCount++;
            }
        }

        Assert.True(checkedCount >= 50);

        Tensor Loss()
        {
            (Tensor forward, Tensor inverse) = network.Errors(state, action, next);
            return (0.2 * forward.mean()) + (0.8 * inverse.mean());
        }
    }

    [Fact]
    public void The_scale_of_the_policys_states_does_not_matter()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var network = new CuriosityNetwork(Options, ScalarType.Float64);
        double[] state = Numbers(5, 1), action = Numbers(32, 2), next = Numbers(5, 3);
        double once = network.Errors(Row(state), Row(action), Row(next)).Forward.ToDouble();
        double thousand = network.Errors(Row([.. state.Select(x => 1000 * x)]), Row(action), Row([.. next.Select(x => 1000 * x)])).Forward.ToDouble();
        Assert.Equal(once, thousand, 1e-3);
    }

    private static Tensor Row(double[] values) => torch.tensor(values).reshape(1, -1);

    private static double[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 4) - 2)];
    }

    private static double MeanSquare(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Average();

    private static double[] Norm(double[] x)
    {
        double mean = x.Average(), variance = x.Average(v => (v - mean) * (v - mean));
        return [.. x.Select(v => (v - mean) / Math.Sqrt(variance + 1e-5))];
    }
}
