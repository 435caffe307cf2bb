using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>AdamW with the names of its parameters, so that its state can be written and read.</summary>
/// <param name="adam">The optimizer; owned.</param>
/// <param name="names">Parameter names in the order of its state.</param>
/// <param name="factors">Learning rate factor of each group.</param>
internal sealed class TrainedOptimizer(AdamW adam, IReadOnlyList<string> names, IReadOnlyList<double> factors) : IDisposable
{
    public void Step(double learningRate)
    {
        int group = 0;
        foreach (optim.ILearningRateController controller in adam.ParamGroups)
            controller.LearningRate = learningRate * factors[group++];
        adam.step();
    }

    public void ZeroGradients() => adam.zero_grad();

    /// <summary>The state as named tensors; views, not copies.</summary>
    public Dictionary<string, Tensor> ToTensors()
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        List<OptimizerState> states = adam.state_dict().State;
        var steps = new long[states.Count];
        for (int i = 0; i < states.Count; i++)
        {
            var state = (AdamW.State)states[i];
            tensors.Add($"exp_avg.{names[i]}", state.exp_avg);
            tensors.Add($"exp_avg_sq.{names[i]}", state.exp_avg_sq);
            steps[i] = state.step;
        }

        tensors.Add("steps", torch.tensor(steps));
        return tensors;
    }

    /// <summary>Puts a written state back.</summary>
    public void Load(SafetensorsReader reader) => Load(reader.Read);

    /// <summary>Puts a state of <see cref="ToTensors"/> back.</summary>
    /// <param name="read">Finds a tensor by its name.</param>
    public void Load(Func<string, Tensor> read)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        long[] steps = read("steps").data<long>().ToArray();
        List<OptimizerState> states = adam.state_dict().State;
        for (int i = 0; i < states.Count; i++)
        {
            var state = (AdamW.State)states[i];
            state.step = steps[i];
            state.exp_avg.copy_(read($"exp_avg.{names[i]}"));
            state.exp_avg_sq.copy_(read($"exp_avg_sq.{names[i]}"));
        }
    }

    public void Dispose() => adam.Dispose();
}
