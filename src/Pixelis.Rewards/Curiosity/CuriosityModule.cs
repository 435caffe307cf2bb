using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Rewards;

/// <summary>
/// The intrinsic curiosity module (Pathak et al. 2017) over states of the policy: an encoder, a forward model that predicts the features
/// of the next state from features and call, and an inverse model that recovers the call, which keeps the features to what calls change.
/// <see cref="Learn"/> minimises <c>beta * forward + (1 - beta) * inverse</c> with AdamW; between two calls of it the errors are a pure
/// function. Thread-safe. Float32 on the CPU; owns its weights.
/// </summary>
public sealed class CuriosityModule : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CuriosityNetwork _network;
    private readonly (string Name, Parameter Parameter)[] _parameters;
    private readonly AdamW _optimizer;

    /// <summary>Makes a module with seeded weights.</summary>
    public CuriosityModule(CuriosityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Options = options;
        _network = new CuriosityNetwork(options);
        _parameters = [.. _network.named_parameters().Select(p => (p.name, p.parameter)).OrderBy(p => p.name, StringComparer.Ordinal)];
        _optimizer = optim.AdamW(_parameters.Select(p => p.Parameter), options.LearningRate);
    }

    /// <summary>Sizes and numbers.</summary>
    public CuriosityOptions Options { get; }

    /// <summary>One pass over transitions, in their order, in batches of <see cref="CuriosityOptions.BatchSize"/>: one optimizer step each.</summary>
    /// <exception cref="ArgumentException">A state is not of <see cref="CuriosityOptions.StateSize"/>, or not finite.</exception>
    public CuriosityLosses Learn(IReadOnlyList<CuriosityTransition> transitions)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        Check(transitions);
        double forward = 0, inverse = 0;
        lock (_lock)
        {
            foreach (CuriosityTransition[] batch in transitions.Chunk(Options.BatchSize))
            {
                (double batchForward, double batchInverse) = Step(batch);
                forward += batchForward * batch.Length / transitions.Count;
                inverse += batchInverse * batch.Length / transitions.Count;
            }
        }

        return new CuriosityLosses(forward, inverse, (Options.Beta * forward) + ((1 - Options.Beta) * inverse), transitions.Count);
    }

    /// <summary>Mean squared errors of the forward model, one a transition: how much of what happened was not foreseen.</summary>
    /// <exception cref="ArgumentException">A state is not of <see cref="CuriosityOptions.StateSize"/>, or not finite.</exception>
    public IReadOnlyList<double> Errors(IReadOnlyList<CuriosityTransition> transitions)
    {
        ArgumentNullException.ThrowIfNull(transitions);
        Check(transitions);
        if (transitions.Count == 0)
            return [];
        lock (_lock)
        {
            using IDisposable noGrad = torch.no_grad();
            using DisposeScope scope = torch.NewDisposeScope();
            return [.. ErrorsOf([.. transitions]).Forward.data<float>().ToArray().Select(e => (double)e)];
        }
    }

    /// <summary>Weights and optimizer state by name: copies, in the dispose scope of the caller. What <see cref="Load"/> takes.</summary>
    public IReadOnlyDictionary<string, Tensor> ToTensors()
    {
        lock (_lock)
        {
            using IDisposable noGrad = torch.no_grad();
            var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            AdamW.State[] states = [.. States()];
            for (int i = 0; i < states.Length; i++)
            {
                tensors.Add(_parameters[i].Name, _parameters[i].Parameter.detach().clone());
                tensors.Add($"exp_avg.{_parameters[i].Name}", states[i].exp_avg.clone());
                tensors.Add($"exp_avg_sq.{_parameters[i].Name}", states[i].exp_avg_sq.clone());
            }

            tensors.Add("steps", torch.tensor(states.Select(s => s.step).ToArray()));
            return tensors;
        }
    }

    /// <summary>Writes <see cref="ToTensors"/> to a safetensors file, beside and renamed into place.</summary>
    public void Save(string path)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        SafetensorsWriter.WriteFile(path, ToTensors());
    }

    /// <summary>Puts what <see cref="Save"/> wrote back: learning goes on bit for bit.</summary>
    /// <exception cref="SafetensorsException">The file is not a module of these sizes.</exception>
    public void Load(string path)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        AdamW.State[] states = [.. States()];
        // All is read and checked before anything is changed.
        (Tensor Target, Tensor Value)[] values =
        [
            .. _parameters.Select((p, i) => (Parameter: (Tensor)p.Parameter, p.Name, State: states[i])).SelectMany(p => new[]
            {
                (p.Parameter, Read(p.Name, p.Parameter)),
                (p.State.exp_avg, Read($"exp_avg.{p.Name}", p.Parameter)),
                (p.State.exp_avg_sq, Read($"exp_avg_sq.{p.Name}", p.Parameter)),
            }),
        ];
        long[] steps = Read("steps", torch.zeros([states.Length], dtype: ScalarType.Int64)).data<long>().ToArray();
        lock (_lock)
        {
            foreach ((Tensor target, Tensor value) in values)
                target.copy_(value);
            for (int i = 0; i < states.Length; i++)
                states[i].step = steps[i];
        }

        Tensor Read(string name, Tensor like)
        {
            if (!reader.Entries.TryGetValue(name, out SafetensorsEntry? entry))
                throw new SafetensorsException(path, name, "is missing; a curiosity module has it.");
            if (entry.ElementType != like.dtype || !entry.Shape.SequenceEqual(like.shape))
                throw new SafetensorsException(path, name, $"is {entry.TypeName} [{string.Join(", ", entry.Shape)}]; this module has {like.dtype} [{string.Join(", ", like.shape)}].");
            return reader.Read(name);
        }
    }

    /// <summary>Frees weights and optimizer.</summary>
    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }

    private (double Forward, double Inverse) Step(CuriosityTransition[] batch)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        _optimizer.zero_grad();
        (Tensor forwards, Tensor inverses) = ErrorsOf(batch);
        Tensor forward = forwards.mean(), inverse = inverses.mean();
        ((Options.Beta * forward) + ((1 - Options.Beta) * inverse)).backward();
        nn.utils.clip_grad_norm_(_parameters.Select(p => p.Parameter), Options.MaxGradientNorm);
        _optimizer.step();
        return (forward.ToDouble(), inverse.ToDouble());
    }

    private (Tensor Forward, Tensor Inverse) ErrorsOf(CuriosityTransition[] batch)
    {
        var actions = new float[batch.Length * Options.ActionSize];
        for (int i = 0; i < batch.Length; i++)
            CallEmbedding.Write(batch[i].Calls, actions.AsSpan(i * Options.ActionSize, Options.ActionSize));
        return _network.Errors(Rows([.. batch.SelectMany(t => t.State)]), Rows(actions), Rows([.. batch.SelectMany(t => t.Next)]));

        Tensor Rows(float[] values) => torch.tensor(values).reshape(batch.Length, -1);
    }

    private IEnumerable<AdamW.State> States() => _optimizer.state_dict().State.Cast<AdamW.State>();

    private void Check(IReadOnlyList<CuriosityTransition> transitions)
    {
        if (transitions.Any(t => t.State.Length != Options.StateSize || t.Next.Length != Options.StateSize))
            throw new ArgumentException($"States of {Options.StateSize} numbers were expected.", nameof(transitions));
        if (transitions.Any(t => t.State.Concat(t.Next).Any(x => !float.IsFinite(x))))
            throw new ArgumentException("A state is not finite.", nameof(transitions));
    }
}
