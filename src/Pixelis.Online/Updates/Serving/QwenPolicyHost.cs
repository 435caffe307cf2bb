using Pixelis.Agents;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Training;

namespace Pixelis.Online.Updates;

/// <summary>
/// A Qwen model that serves versions. With adapters, make it of <see cref="QwenVisionLanguageModel.ShareWeights"/>: hosts and learner then hold the
/// frozen weights once, and an adapter each.
/// </summary>
internal sealed class QwenPolicyHost : IPolicyHost
{
    private readonly QwenVisionLanguageModel _model;
    private readonly PolicyWeights _weights;

    /// <summary>Makes a host.</summary>
    /// <param name="model">An instance of the model that nobody else uses. Not owned.</param>
    /// <param name="agent">An agent over that instance. Not owned.</param>
    /// <param name="adapters">
    /// That instance's adapters, whose active one was made with the options of the one that learns; null where versions are whole weights: then the
    /// instance must have weights of its own. Not owned.
    /// </param>
    public QwenPolicyHost(QwenVisionLanguageModel model, PixelisAgent agent, AdapterSet? adapters = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(agent);
        (_model, Agent) = (model, agent);
        _weights = new PolicyWeights(model.Model, adapters);
    }

    /// <inheritdoc />
    public PixelisAgent Agent { get; }

    /// <inheritdoc />
    public void Load(string version, string weights)
    {
        _weights.Load(weights);
        _model.Model.ForgetPictures();
        _model.PolicyVersion = version; // prompts that were read belong to the weights of before
    }
}
