using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pixelis.Agents;
using Pixelis.Online.Storage;
using Pixelis.Online.Updates;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Online;

/// <summary>
/// Sends an experience to training again, whose label a person decided or whose update was lost with the process: the question is asked anew, as it is
/// kept, and fresh episodes of the policy of now are learnt from. Those of then may have lost what their tools showed, and their tokens where personal data
/// were taken out. Until it is learnt from, the memory notes that it waits. Thread-safe.
/// </summary>
/// <param name="publisher">Whose episodes.</param>
/// <param name="queue">Where tasks go; a full one is waited for.</param>
/// <param name="experiences">Where experiences are.</param>
/// <param name="options">How many episodes, drawn how.</param>
/// <param name="learnt">Hears of what is queued; null for nobody.</param>
/// <param name="logger">Hears of what cannot be asked again; null for nobody.</param>
internal sealed partial class LabelTraining(
    PolicyPublisher publisher, UpdateQueue queue, IExperienceBuffer experiences, OnlineAgentOptions options, LearntExperiences? learnt = null, ILogger? logger = null)
{
    private const int Fewest = 2; // one alone is compared with nothing

    private readonly EpisodeSampler _sampler = new(publisher, options.Temperature);
    private readonly ILogger _logger = logger ?? NullLogger.Instance;

    /// <summary>Asks anew and queues what was answered. An experience without a label, or that cannot be asked again, is passed over.</summary>
    /// <returns>Whether it was queued.</returns>
    /// <exception cref="PixelisException">The memory could not be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; it waits for the next start.</exception>
    public async ValueTask<bool> QueueAsync(Experience experience, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experience);
        if (!OnlinePermissions.Of(options.Mode).Learns)
            return false;
        bool hasLabel = !string.IsNullOrWhiteSpace(experience.Label);
        await experiences.SetPendingAsync([experience.Id], hasLabel, CancellationToken.None).ConfigureAwait(false);
        if (!hasLabel || queue.IsClosed || publisher.Serving is null)
            return false; // where nobody learns now, it waits for the next start
        if (await AskAsync(experience, cancellationToken).ConfigureAwait(false) is not { } task)
        {
            await experiences.SetPendingAsync([experience.Id], false, CancellationToken.None).ConfigureAwait(false);
            return false;
        }
        if (!(await queue.EnqueueAsync(task, cancellationToken).ConfigureAwait(false)).IsAccepted)
            return false;
        learnt?.Add(experience.Id);
        return true;
    }

    /// <summary>Queues what the memory notes to wait, the oldest first, until the queue takes no more.</summary>
    /// <exception cref="PixelisException">The memory could not be read or written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what is left waits for the next start.</exception>
    public async Task QueuePendingAsync(CancellationToken cancellationToken)
    {
        foreach (long id in await experiences.PendingAsync(cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (queue.IsClosed)
                return;
            if (await experiences.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } experience)
                await QueueAsync(experience, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<UpdateTask?> AskAsync(Experience experience, CancellationToken cancellationToken)
    {
        try
        {
            (_, IReadOnlyList<AgentAnswer> answers) = await _sampler.SampleAsync(AskOf(experience), Math.Max(Fewest, options.Episodes), cancellationToken).ConfigureAwait(false);
            return UpdateTask.Of(experience with { Episodes = [.. answers.Select(a => a.Trajectory)] });
        }
        catch (PixelisException e)
        {
            NotAsked(_logger, experience.Id, e.GetType().Name);
            return null;
        }
    }

    private static AgentRequest AskOf(Experience experience)
    {
        IReadOnlyList<NumberedVisual> media = experience.Episodes.Count == 0 ? [] : experience.Episodes[0].Media;
        ContentPart[] shown = [.. media.Where(m => m.Origin == PictureStore.QuestionOrigin).OrderBy(m => m.Number).Select(m => m.Clip is { } clip ? (ContentPart)new VideoPart(clip) : new ImagePart(m.Image!))];
        return new AgentRequest(experience.Question, shown) { SystemPrompt = experience.Episodes.FirstOrDefault()?.SystemPrompt };
    }

    [LoggerMessage(1, LogLevel.Warning, "Experience {Id} could not be asked again for training ({Error}); its new label stays.")]
    private static partial void NotAsked(ILogger logger, long id, string error);
}
