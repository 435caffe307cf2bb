using Pixelis.Data;
using Pixelis.Modeling;
using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>
/// One step of group-relative policy optimisation on episodes that are there: rewards, advantages, loss, pull to the reference, clipping, update.
/// <see cref="GrpoTrainer"/> draws the episodes for it; learning while serving hands it those that were served. Used by one thread at a time.
/// </summary>
internal sealed class GrpoLearner
{
    private readonly GrpoLearnerOptions _options;
    private readonly PolicyUpdate _update;

    /// <summary>Makes a learner.</summary>
    /// <param name="policy">What learns. Not owned.</param>
    /// <param name="processor">The model's processor.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="PixelisException">An option is out of range.</exception>
    public GrpoLearner(TrainedPolicy policy, IProcessor processor, GrpoLearnerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(processor);
        _options = options ?? new GrpoLearnerOptions();
        _options.Validate();
        _update = new PolicyUpdate(policy, _options, processor.PaddingToken);
        Scorer = new EpisodeScorer(policy, processor, _options);
    }

    internal EpisodeScorer Scorer { get; }

    /// <summary>Learns from groups of episodes.</summary>
    /// <param name="groups">Episodes of one prompt each, with their media in memory, tokens and log-probabilities as they were recorded.</param>
    /// <param name="rewardOf">What is wanted of an example's episodes; of the same parts for all groups.</param>
    /// <param name="step">How far to go.</param>
    /// <param name="cancellationToken">Ends it before the weights change, never half way.</param>
    /// <returns>What happened; nothing changes when no group has something to say, or when a number was not finite.</returns>
    /// <exception cref="PixelisException">An episode cannot be learnt from: prepared again it differs from the record. Nothing has changed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled. Nothing has changed.</exception>
    public UpdateResult Learn(IReadOnlyList<RolloutGroup> groups, Func<Example, CompositeReward> rewardOf, GrpoStep step, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(rewardOf);
        ScoredGroup[] scored = Scorer.Score(groups, rewardOf, step, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Update(LearningBatch.Of(scored, _options.Objective), step);
    }

    /// <summary>Learns from sequences whose advantages are known.</summary>
    internal UpdateResult Update(IReadOnlyList<PolicySequence> batch, GrpoStep step) => _update.Run(batch, step);
}
