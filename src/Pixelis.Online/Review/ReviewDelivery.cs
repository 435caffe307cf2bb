using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Pixelis.Online;

/// <summary>Tells a listener of every decision until it has taken effect. A decision whose listener fails is told again by the next run.</summary>
/// <param name="queue">Where decisions come from.</param>
/// <param name="listener">Who does what they ask for.</param>
/// <param name="logger">Is told of failures; null for nobody.</param>
internal sealed class ReviewDelivery(IReviewQueue queue, IReviewListener listener, ILogger<ReviewDelivery>? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger<ReviewDelivery>.Instance;

    /// <summary>Runs until cancelled, or until the queue is disposed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (ReviewDecision decision in queue.ReadDecisionsAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await listener.OnDecisionAsync(decision, cancellationToken).ConfigureAwait(false);
                await queue.ConfirmAsync(decision.Number, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                _logger.LogError(e, "Decision {Number} on review item {Item} did not take effect; it is told again at the next start.", decision.Number, decision.Item);
            }
        }
    }
}
