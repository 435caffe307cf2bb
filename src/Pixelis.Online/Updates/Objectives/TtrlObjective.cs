using Pixelis.Data;
using Pixelis.Modeling;
using Pixelis.Online.Storage;
using Pixelis.Rewards;
using Pixelis.Tools;
using Pixelis.Training;
using Pixelis.Training.Grpo;

namespace Pixelis.Online.Updates;

/// <summary>
/// Test-time reinforcement learning (TTRL, Zuo et al. 2025): an episode is worth 1 when it gave the label and 0 otherwise, plus what further rewards
/// say, and GRPO makes likelier what was worth more than the rest of its group. A group of one mind has nothing to say and changes nothing.
/// </summary>
internal sealed class TtrlObjective : IUpdateObjective
{
    private readonly GrpoLearner _learner;
    private readonly CompositeReward? _more;
    private readonly double _weight;

    /// <summary>Makes the objective.</summary>
    /// <param name="policy">What learns. Not owned.</param>
    /// <param name="processor">The model's processor.</param>
    /// <param name="options">How it learns; null for <see cref="DefaultOptions"/>.</param>
    /// <param name="more">Rewards beside the agreement, as in reinforcement fine-tuning; null for none. None may be named <c>agreement</c>.</param>
    /// <param name="weight">Weight of the agreement, above 0. Default 1.</param>
    /// <exception cref="PixelisException">An option is out of range, or asks for what only a trainer can do.</exception>
    public TtrlObjective(TrainedPolicy policy, IProcessor processor, GrpoLearnerOptions? options = null, CompositeReward? more = null, double weight = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight);
        options ??= DefaultOptions;
        if (options.Objective.ZeroVariance is ZeroVariancePolicy.Resample or ZeroVariancePolicy.Replay)
            throw new PixelisException($"ZeroVariance is {options.Objective.ZeroVariance}, but requests are neither drawn anew nor replayed while serving; choose Drop or Keep.");
        if (more?.Parts.Any(p => p.Reward.Name == AgreementReward.RewardName) == true)
            throw new PixelisException($"A further reward is named '{AgreementReward.RewardName}', which is the name of the agreement with the label; leave it out.");
        (_learner, _more, _weight) = (new GrpoLearner(policy, processor, options), more, weight);
    }

    /// <summary>
    /// GRPO with the mean and deviation of the group, a mean over tokens, ratios within 0.2 of the policy that served, k3 towards the last good version;
    /// groups of one mind are left out.
    /// </summary>
    public static GrpoLearnerOptions DefaultOptions { get; } = new()
    {
        IsOffPolicy = true,
        Objective = new GrpoObjective
        {
            Advantages = new AdvantageOptions { Kind = AdvantageKind.MeanAndStd },
            ZeroVariance = ZeroVariancePolicy.Drop,
            Loss = new PolicyLossOptions { Kind = PolicyLossKind.Dapo, EpsilonLow = 0.2, EpsilonHigh = 0.2, Kl = new KlOptions { Form = KlForm.K3, Coefficient = 0.01 } },
        },
    };

    /// <inheritdoc />
    public string Name => "ttrl";

    /// <inheritdoc />
    public UpdateMeasures Update(IReadOnlyList<UpdateTask> tasks, UpdateStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        AgreementReward[] agreements = [.. tasks.Select(t => new AgreementReward(t.Label, t.AnswerSpace))];
        RolloutGroup[] groups = [.. tasks.Select((t, i) => new RolloutGroup(ExampleOf(t, NameOf(step, i)), t.Episodes))];
        var rewards = agreements.Select((a, i) => (Name: NameOf(step, i), Reward: RewardOf(a))).ToDictionary(r => r.Name, r => r.Reward);
        UpdateResult result = _learner.Learn(
            groups, example => rewards[example.Id], new GrpoStep(step.LearningRate, step.KlCoefficient, step.Reference, step.Number), cancellationToken);
        return new UpdateMeasures
        {
            HasChanged = result.Updates > 0,
            Fault = result.Fault,
            Loss = result.Updates > 0 ? result.Numbers.Loss / result.Updates : 0,
            GradientNorm = result.GradientNorm,
            ClippedLow = result.Numbers.ClippedLow,
            ClippedHigh = result.Numbers.ClippedHigh,
            Agreement = tasks.SelectMany((t, i) => t.Episodes.Select(e => agreements[i].Agrees(e) ? 1.0 : 0)).Average(),
            Tokens = result.Numbers.Tokens,
        };
    }

    private CompositeReward RewardOf(AgreementReward agreement) =>
        new([new RewardPart(agreement, _weight) { IsRequired = true }, .. _more?.Parts ?? []], _more?.Normalization ?? RewardNormalization.None);

    private static Example ExampleOf(UpdateTask task, string name) => new()
    {
        Id = name,
        Question = task.Episodes[0].Question,
        Answer = task.Label,
        Media = [.. task.Episodes[0].Media.Where(m => m.Origin == PictureStore.QuestionOrigin).Select(MediumOf)],
        Provenance = $"experience {string.Join(", ", task.Experiences)}",
    };

    private static ExampleMedia MediumOf(NumberedVisual visual) => visual.Image is { } image ? ExampleMedia.Of(image) : ExampleMedia.Of(visual.Clip!);

    private static string NameOf(UpdateStep step, int task) => FormattableString.Invariant($"update-{step.Number}-{task}");
}
