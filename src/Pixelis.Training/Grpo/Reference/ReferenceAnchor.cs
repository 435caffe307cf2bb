namespace Pixelis.Training.Grpo;

/// <summary>What a reference policy is.</summary>
public enum ReferenceAnchor
{
    /// <summary>The model with adapters switched off. Right only for an adapter that starts from zero; costs no memory.</summary>
    AdapterOff,

    /// <summary>A frozen copy of the adapter as it was, on the same model: for an adapter that comes from earlier training.</summary>
    FrozenAdapter,

    /// <summary>A frozen copy of the trained weights, put into the model while it is used: for training without adapters.</summary>
    FrozenWeights,
}
