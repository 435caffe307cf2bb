using Pixelis.Modeling;
using Pixelis.Training.Grpo;
using Pixelis.Trajectories;

namespace Pixelis.Training;

/// <summary>Episodes of the model itself as examples to learn from.</summary>
internal static class EpisodeExamples
{
    /// <summary>An episode as the tokens that were sampled and shown, ready for <see cref="GradientStep"/>; only sampled ones are learnt.</summary>
    /// <param name="episode">Its media are in memory.</param>
    /// <param name="processor">The processor of the model that took it.</param>
    /// <param name="weight">Weight of its tokens in the loss, above 0.</param>
    /// <exception cref="PixelisException">Prepared again it differs from the record.</exception>
    public static PreparedExample Prepare(Trajectory episode, IProcessor processor, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(episode);
        ArgumentNullException.ThrowIfNull(processor);
        OptionCheck.Positive(weight, nameof(weight));
        PreparedConversation conversation = new EpisodeConversation(processor).Of(episode);
        return new PreparedExample(conversation, LossMask.Of(conversation, weight: weight));
    }
}
