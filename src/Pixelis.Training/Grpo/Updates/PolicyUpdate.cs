using Pixelis.Modeling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>Learns from a step's episodes: loss, gradients, clipping, update; for each part of the batch, as often as asked. All on the calling thread.</summary>
internal sealed class PolicyUpdate(TrainedPolicy policy, GrpoLearnerOptions options, int paddingToken)
{
    private readonly Parameter[] _parameters = [.. policy.Parameters.All.Select(p => p.Parameter)];

    private PolicyLossOptions Loss => options.Objective.Loss;

    public UpdateResult Run(IReadOnlyList<PolicySequence> batch, GrpoStep step)
    {
        var result = new UpdateResult();
        if (!batch.Any(CanTeach))
            return result; // all groups were silent: weights and optimizer stay as they are
        for (int epoch = 0; epoch < options.Epochs && result.IsApplied; epoch++)
        {
            foreach (IReadOnlyList<PolicySequence> part in Cut(batch, SeededNumbers.Hash(options.Seed, (ulong)step.Number, (ulong)epoch)))
            {
                result = UpdateOn(part, result, step);
                if (!result.IsApplied)
                    break;
            }
        }

        return result;
    }

    private bool CanTeach(PolicySequence sequence) => sequence.CountedTokens > 0 && (sequence.Advantage != 0 || Loss.Kl.IsInLoss || Loss.EntropyCoefficient != 0);

    private IEnumerable<IReadOnlyList<PolicySequence>> Cut(IReadOnlyList<PolicySequence> batch, ulong seed)
    {
        if (options.MiniBatches == 1)
            return [batch];
        PolicySequence[] shuffled = [.. batch];
        SeededNumbers.Shuffle(shuffled, seed);
        return shuffled.Chunk((shuffled.Length + options.MiniBatches - 1) / options.MiniBatches);
    }

    private UpdateResult UpdateOn(IReadOnlyList<PolicySequence> part, UpdateResult before, GrpoStep step)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        BatchTotals totals = BatchTotals.Of(part);
        // Silent ones count in the totals, but have no gradient: they need not go through the model.
        PolicySequence[] counted = [.. part.Where(CanTeach).OrderBy(s => s.Conversation.Length)];
        if (counted.Length == 0)
            return before;
        policy.Optimizer.ZeroGradients();
        PolicyLossNumbers numbers = PolicyLossNumbers.None;
        foreach (IReadOnlyList<PolicySequence> micro in MicroBatches.Of(counted, s => s.Conversation.Length, 0, options.MicroBatchTokens, packing: true))
        {
            (PolicyLossNumbers measured, string? fault) = Accumulate(micro, totals, step.KlCoefficient);
            numbers += measured;
            if (fault is not null)
                return before with { Fault = fault, GradientNorm = double.NaN };
        }

        double limit = policy.Optimization.MaxGradientNorm;
        double norm = nn.utils.clip_grad_norm_(_parameters, limit > 0 ? limit : double.PositiveInfinity);
        if (!double.IsFinite(norm))
            return before with { Fault = $"The gradient's norm is {norm}.", GradientNorm = norm };
        policy.Optimizer.Step(step.LearningRate);
        return before with
        {
            Numbers = before.Numbers + numbers, GradientNorm = norm, Updates = before.Updates + 1, Tokens = before.Tokens + counted.Sum(s => s.Conversation.Length),
        };
    }

    private (PolicyLossNumbers Numbers, string? Fault) Accumulate(IReadOnlyList<PolicySequence> micro, BatchTotals totals, double klCoefficient)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ConversationBatch inputs = GradientStep.Collate(
            [.. micro.Select(s => s.Conversation)], [.. micro.Select(s => s.Weights)], packing: true, paddingToken, policy.Model.Device);
        PolicyLossResult loss;
        using (GradientStep.Region(options.Autocast, policy.Model.Device))
        {
            (Tensor logProbs, Tensor entropies) = TargetLoss.WithEntropies(policy.Model, inputs, Loss.EntropyCoefficient != 0, options.RecomputeActivations);
            PolicyTokens tokens = PolicyTokens.Of(micro, logProbs, entropies);
            if (options.IsOneUpdate && tokens.OldLogProbs is null) // one update on fresh episodes: the policy before it is the policy of now
                tokens = tokens with { OldLogProbs = logProbs.detach() };
            loss = PolicyLoss.Of(tokens, totals, Loss, klCoefficient);
        }

        if (loss.IsFinite)
            loss.Loss.backward();
        return (loss.Numbers, loss.Fault);
    }
}
