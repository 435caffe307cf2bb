using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What optimizers with state share.</summary>
public abstract class OptimizerHelper : Optimizer
{
    /// <summary>Options for groups that state none.</summary>
    protected OptimizerOptions _defaults = new();

    /// <summary>State by the native pointer of the parameter.</summary>
    protected OrderedDict<IntPtr, OptimizerState> _state = new();

    /// <summary>Options and state, not copied: a later step changes them.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (ParamGroup group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            var places = new List<int>();
            foreach (Parameter parameter in group.Parameters)
            {
                places.Add(dictionary.State.Count);
                dictionary.State.Add(_state[parameter.Handle]);
            }
            dictionary.StateIndexRef.Add(places);
        }
        return dictionary;
    }

    /// <summary>Copies options and state from another optimizer of the same kind over the same parameters.</summary>
    /// <exception cref="ArgumentException">The number of groups or of parameters differs.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        StateDictionary own = this.state_dict();
        if (own.Options.Count != state_dict.Options.Count)
            throw new ArgumentException($"The state has {state_dict.Options.Count} parameter groups, this optimizer {own.Options.Count}.", nameof(state_dict));
        if (own.State.Count != state_dict.State.Count)
            throw new ArgumentException($"The state has {state_dict.State.Count} parameters, this optimizer {own.State.Count}.", nameof(state_dict));
        for (int i = 0; i < own.Options.Count; i++)
            if (!ReferenceEquals(own.Options[i], state_dict.Options[i]))
                own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (int i = 0; i < own.State.Count; i++)
            if (!ReferenceEquals(own.State[i], state_dict.State[i]))
                own.State[i].LoadStateDict(state_dict.State[i]);
    }

    /// <summary>Moves the state to a device.</summary>
    public void to(Device device)
    {
        foreach ((_, OptimizerState state) in _state)
            state.to(device);
    }

    /// <summary>Runs a step's body for each group, without recording and in a scope of its own.</summary>
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null)
        where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using IDisposable recording = enable_grad();
            loss = loss_closure();
        }
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (ParamGroup group in _parameter_groups)
            body((T)group);
        return loss;
    }
}
