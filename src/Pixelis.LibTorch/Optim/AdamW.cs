using Pixelis.LibTorch.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>
/// AdamW (Loshchilov and Hutter, 2019). Weight decay shrinks the parameter by <c>lr * weight_decay</c> before the step. On the
/// CPU in float32 the whole update is one pass over memory.
/// </summary>
public partial class AdamW : OptimizerHelper, IBetas
{
    private static readonly Operator Fused = new("pixelis::adamw_");

    /// <summary>An optimizer over parameters with the same options.</summary>
    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters.ToList() }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>An optimizer over groups with options of their own.</summary>
    public AdamW(
        IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        if (lr < 0 || eps < 0 || weight_decay < 0)
            throw new ArgumentException($"Learning rate, epsilon and weight decay must not be negative; got {lr}, {eps}, {weight_decay}.");
        if (beta1 is < 0 or >= 1 || beta2 is < 0 or >= 1)
            throw new ArgumentException($"The decay rates must be at least 0 and less than 1; got {beta1}, {beta2}.");
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };
        foreach (ParamGroup group in parameters)
            add_param_group(group);
    }

    /// <inheritdoc />
    public (double, double) Betas
    {
        get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
        set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = (value.Item1, value.Item2);
    }

    /// <inheritdoc />
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var defaults = (Options)_defaults;
        param_group.Options ??= new Options();
        var options = (Options)param_group.Options;
        options.LearningRate ??= defaults.LearningRate;
        options.beta1 ??= defaults.beta1;
        options.beta2 ??= defaults.beta2;
        options.eps ??= defaults.eps;
        options.weight_decay ??= defaults.weight_decay;
        options.amsgrad ??= defaults.amsgrad;
        options.maximize ??= defaults.maximize;
        options.InitialLearningRate = options.LearningRate!.Value;
        _parameter_groups.Add(param_group);
        foreach (Parameter parameter in param_group.Parameters)
        {
            var state = new State(parameter);
            state.Initialize(options);
            _state[parameter.Handle] = state;
        }
    }

    /// <inheritdoc />
    public override Tensor? step(Func<Tensor>? closure = null) => _step<Modules.ParamGroup>(
        group =>
        {
            var options = (Options)group.Options;
            var ready = new List<(Parameter Parameter, Tensor Gradient, State State)>();
            foreach (Parameter parameter in group.Parameters)
            {
                if (parameter.grad is not Tensor gradient)
                    continue;
                var state = (State)_state[parameter.Handle];
                state.step++;
                ready.Add((parameter, options.maximize!.Value ? -gradient : gradient, state));
            }
            if (!options.amsgrad!.Value && Fused.Exists)
                StepFused(ready, options);
            else
                foreach ((Parameter parameter, Tensor gradient, State state) in ready)
                    StepOne(parameter, gradient, state, options);
        },
        closure);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            foreach ((_, OptimizerState state) in _state)
                ((State)state).Dispose();
    }

    // The operator takes one step number; parameters that joined later have another.
    private static void StepFused(List<(Parameter Parameter, Tensor Gradient, State State)> ready, Options options)
    {
        foreach (var sameStep in ready.GroupBy(entry => entry.State.step))
            Dispatcher.Run(
                Fused,
                sameStep.Select(entry => (Tensor)entry.Parameter).ToArray(),
                sameStep.Select(entry => entry.Gradient).ToArray(),
                sameStep.Select(entry => entry.State.exp_avg).ToArray(),
                sameStep.Select(entry => entry.State.exp_avg_sq).ToArray(),
                sameStep.Key, options.LearningRate, options.beta1, options.beta2, options.eps, options.weight_decay);
    }

    private static void StepOne(Parameter parameter, Tensor gradient, State state, Options options)
    {
        double beta1 = options.beta1!.Value, beta2 = options.beta2!.Value, rate = options.LearningRate!.Value;
        double correction1 = 1 - Math.Pow(beta1, state.step), correction2 = 1 - Math.Pow(beta2, state.step);
        parameter.mul_(1 - rate * options.weight_decay!.Value);
        state.exp_avg.mul_(beta1).add_(gradient, 1 - beta1);
        state.exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        Tensor square = state.exp_avg_sq;
        if (options.amsgrad!.Value)
        {
            using Tensor before = state.max_exp_avg_sq!;
            square = state.max_exp_avg_sq = maximum(before, state.exp_avg_sq).DetachFromDisposeScope();
        }
        Tensor denominator = (square.sqrt() / Math.Sqrt(correction2)).add_(options.eps!.Value);
        parameter.addcdiv_(state.exp_avg, denominator, -rate / correction1);
    }
}
