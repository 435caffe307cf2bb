using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Modeling;
using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>What a run of reinforcement fine-tuning works on.</summary>
/// <param name="Model">The model; its parameters are changed in place. Not owned.</param>
/// <param name="Processor">Its processor.</param>
/// <param name="Agent">An agent whose model has these very weights: its episodes are what is learnt from. Not owned.</param>
/// <param name="Prompts">What to ask, with the truth; a finite source is gone through in a seeded order, again and again.</param>
/// <param name="Reward">What is wanted.</param>
public sealed record GrpoSetup(ICausalModel Model, IProcessor Processor, PixelisAgent Agent, IExampleSource Prompts, CompositeReward Reward)
{
    /// <summary>Adapters whose active one is trained instead of the model's own parameters; null (default) trains those. Not owned.</summary>
    public AdapterSet? Adapters { get; init; }

    /// <summary>Switches the reward's weights as success grows; null (default) keeps them.</summary>
    public RewardCurriculum? Curriculum { get; init; }

    /// <summary>The module behind an <see cref="IntrinsicCuriosityReward"/> of <see cref="Reward"/>, which learns after every step; null (default) for none. Not owned.</summary>
    public CuriosityModule? Curiosity { get; init; }

    /// <summary>Runs the agent on held-out examples; null (default) for none.</summary>
    public IAgentEvaluator? Evaluator { get; init; }

    /// <summary>Those who hear of the run.</summary>
    public IReadOnlyList<ITrainingObserver> Observers { get; init; } = [];

    /// <summary>Writes the model as those who use it expect it; called for the best and the last state. Null (default): only checkpoints are written.</summary>
    public Action<string>? Export { get; init; }

    /// <summary>What the model is, for the check that a run is resumed with the one it began with.</summary>
    public string ModelFingerprint { get; init; } = "";

    /// <summary>
    /// Hears the name of the policy whenever the weights have changed: set it as the model's policy version, so that episodes say who sampled
    /// them and prompts are read anew. Null (default): nobody is told, which is right only where prompts are not shared.
    /// </summary>
    public Action<string>? PolicyChanged { get; init; }
}
