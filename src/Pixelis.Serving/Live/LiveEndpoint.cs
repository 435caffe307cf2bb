using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pixelis.Serving.Admission;
using Pixelis.Serving.Errors;

namespace Pixelis.Serving.Live;

/// <summary>
/// <c>/v1/online/state</c> once, and <c>/events</c> as it changes: an event with the whole state, at most five a second, and a sign of life in between.
/// </summary>
internal sealed class LiveEndpoint(ServingSettings settings, LiveState state, ServingLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(200), MostPause = TimeSpan.FromSeconds(1), Beat = TimeSpan.FromSeconds(15);

    private int _watchers;

    public async Task StateAsync(HttpContext http) =>
        await JsonResponse.WriteAsync(http, await state.ReadAsync(http.RequestAborted), ServingJson.Default.LiveStateDocument);

    public async Task EventsAsync(HttpContext http)
    {
        if (Interlocked.Increment(ref _watchers) > settings.Options.MaxWatchers)
        {
            Interlocked.Decrement(ref _watchers);
            throw new ApiException(429, $"{settings.Options.MaxWatchers} live pages are open, the most this server feeds; close one.", code: "too_many_watchers") { RetryAfter = Beat };
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.Stopping);
        try
        {
            await FeedAsync(new EventStream(http), stop.Token);
        }
        catch (OperationCanceledException) when (lifetime.Stopping.IsCancellationRequested)
        {
            // The stream ends with the server, as a stream does.
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    private async Task FeedAsync(EventStream events, CancellationToken cancellationToken)
    {
        byte[] told = [];
        long toldAt = time.GetTimestamp();
        while (true)
        {
            Task changed = state.Changed; // before reading, so that no change falls between
            byte[] now = JsonSerializer.SerializeToUtf8Bytes(await state.ReadAsync(cancellationToken), ServingJson.Default.LiveStateDocument);
            if (!now.AsSpan().SequenceEqual(told))
            {
                await events.WriteAsync(now);
                (told, toldAt) = (now, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(toldAt) >= Beat)
            {
                await events.BeatAsync();
                toldAt = time.GetTimestamp();
            }
            await Task.Delay(LeastPause, time, cancellationToken);
            await WaitAsync(changed, cancellationToken);
        }
    }

    private async Task WaitAsync(Task changed, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, Task.Delay(MostPause - LeastPause, time, timer.Token));
        await timer.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
