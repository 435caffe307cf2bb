using Pixelis.Modeling;
using Pixelis.Training;
using Pixelis.Trajectories;

namespace Pixelis.Online.Updates;

/// <summary>
/// Supervised learning of the episodes that gave the label, their loss weighted by how sure the label is: simpler than <see cref="TtrlObjective"/>,
/// and it learns from a group of one mind, or of one episode, too. A task none of whose episodes gave the label changes nothing.
/// </summary>
/// <remarks>
/// The loss is divided by the number of tokens and not by the sum of weights, so that a confidence of 0.5 halves the gradient. It has no pull to the
/// reference of its own; the limit on the divergence holds all the same.
/// </remarks>
internal sealed class WeightedSftObjective : IUpdateObjective
{
    private readonly GradientStep _step;
    private readonly IProcessor _processor;

    /// <summary>Makes the objective.</summary>
    /// <param name="policy">What learns. Not owned.</param>
    /// <param name="processor">The model's processor.</param>
    /// <param name="options">Limits of micro batches and precision; null for at most 8192 tokens at once in float32.</param>
    public WeightedSftObjective(TrainedPolicy policy, IProcessor processor, SftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(processor);
        _processor = processor;
        _step = new GradientStep(policy, options ?? new SftOptions { Data = new SftDataOptions { MicroBatchTokens = 8192, Packing = true } }, processor.PaddingToken);
    }

    /// <inheritdoc />
    public string Name => "weighted-sft";

    /// <inheritdoc />
    public UpdateMeasures Update(IReadOnlyList<UpdateTask> tasks, UpdateStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        (UpdateTask Task, Trajectory Episode)[] agreeing =
        [
            .. tasks.Where(t => t.Confidence > 0).SelectMany(t =>
            {
                var agreement = new AgreementReward(t.Label, t.AnswerSpace);
                return t.Episodes.Where(e => e.EndReason == EndReason.Answered && agreement.Agrees(e)).Select(e => (t, e));
            }),
        ];
        double agreed = agreeing.Length / (double)tasks.Sum(t => t.Episodes.Count);
        PreparedExample[] batch = [.. agreeing.Select(a => EpisodeExamples.Prepare(a.Episode, _processor, a.Task.Confidence)).OrderBy(e => e.Conversation.Length)];
        long tokens = batch.Sum(e => (long)e.Weights.Count(w => w != 0));
        if (tokens == 0)
            return new UpdateMeasures { HasChanged = false, Agreement = agreed };
        cancellationToken.ThrowIfCancellationRequested();
        StepResult result = _step.Run(batch, step.LearningRate, denominator: tokens);
        return new UpdateMeasures
        {
            HasChanged = result.IsApplied,
            Fault = result.IsApplied ? null : FormattableString.Invariant($"The loss is {result.Loss}, the gradient's norm {result.GradientNorm}."),
            Loss = result.Loss,
            GradientNorm = result.GradientNorm,
            Agreement = agreed,
            Tokens = tokens,
        };
    }
}
