using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Pixelis.Online.Updates;

/// <summary>What the memory notes to wait for an update, as the worker sees it.</summary>
/// <param name="buffer">The memory; null for none.</param>
/// <param name="logger">Null for nowhere.</param>
internal sealed partial class PendingExperiences(IExperienceBuffer? buffer, ILogger? logger)
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;

    /// <summary>These wait no longer: a version learnt from them, or nothing will. Where that cannot be noted, they are learnt from once more after a restart.</summary>
    public async Task SettleAsync(IReadOnlyCollection<long> experiences)
    {
        if (buffer is null || experiences.Count == 0)
            return;
        try
        {
            await buffer.SetPendingAsync([.. experiences], false, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PixelisException e)
        {
            NotSettled(_logger, experiences.Count, e.GetType().Name);
        }
    }

    /// <summary>Whether a task comes of something that was forgotten meanwhile: erased, or evicted.</summary>
    /// <exception cref="PixelisException">The memory cannot be read.</exception>
    public async Task<bool> IsForgottenAsync(UpdateTask task, CancellationToken cancellationToken)
    {
        if (buffer is null)
            return false;
        foreach (long id in task.Experiences)
        {
            if (await buffer.FindAsync(id, cancellationToken).ConfigureAwait(false) is null)
                return true;
        }
        return false;
    }

    [LoggerMessage(1, LogLevel.Warning, "That {Count} experiences wait for no update any more could not be noted ({Error}); after a restart they are learnt from once more.")]
    private static partial void NotSettled(ILogger logger, int count, string error);
}
