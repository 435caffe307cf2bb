using Microsoft.Extensions.Logging;
using Pixelis.Online;
using Pixelis.Online.State;
using Pixelis.Serving.Admission;
using Pixelis.Serving.Review;

namespace Pixelis.Serving.Live;

/// <summary>Puts together what the live page shows. A part that cannot be read is left out and named; the others are told all the same.</summary>
internal sealed partial class LiveState(ServingSettings settings, EpisodeSlots slots, ServingLifetime lifetime, AnswerLog log, IServiceProvider services, ILogger<LiveState> logger)
{
    private const int ReviewItems = 20;

    public Task Changed => log.Changed;

    public async Task<LiveStateDocument> ReadAsync(CancellationToken cancellationToken)
    {
        PixelisServingOptions options = settings.Options;
        var server = new ServerDocument(
            settings.ModelId, settings.Agent.Settings.Tools, settings.StartedAt, slots.Running, slots.Waiting, options.MaxEpisodes, options.MaxWaiting,
            lifetime.Stopping.IsCancellationRequested);
        var problems = new List<string>();
        IReadOnlyList<AnswerDocument> answers = log.Snapshot();
        HashSet<string> shown = [.. answers.Select(a => a.TraceId)];
        return new LiveStateDocument(server, answers)
        {
            Online = await TryAsync("online state", problems, stop => ReadOnlineAsync(shown, stop), cancellationToken),
            Review = await TryAsync("review queue", problems, ReadReviewAsync, cancellationToken),
            TakesFeedback = services.GetService(typeof(IFeedbackSink)) is not null,
            Problems = problems,
        };
    }

    private async Task<OnlineDocument?> ReadOnlineAsync(HashSet<string> shown, CancellationToken cancellationToken) =>
        services.GetService(typeof(IOnlineState)) is IOnlineState state ? OnlineDocument.Of(await state.ReadAsync(cancellationToken), shown) : null;

    private async Task<ReviewPageDocument?> ReadReviewAsync(CancellationToken cancellationToken)
    {
        if (services.GetService(typeof(IReviewQueue)) is not IReviewQueue queue)
            return null;
        IReadOnlyList<ReviewItem> items = await queue.ListAsync(new ReviewFilter { Count = ReviewItems + 1 }, cancellationToken);
        return new ReviewPageDocument("list", [.. items.Take(ReviewItems).Select(ReviewItemDocument.Of)], items.Count > ReviewItems);
    }

    private async Task<T?> TryAsync<T>(string part, List<string> problems, Func<CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await read(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            NotRead(logger, part, e.GetType().FullName);
            problems.Add($"The {part} could not be read; the server's log has the reason.");
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The {Part} could not be read for the live page: {Error}.")]
    private static partial void NotRead(ILogger logger, string part, string? error);
}
