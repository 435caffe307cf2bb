using Pixelis.Agents;
using Pixelis.Online.Updates;

namespace Pixelis.Online;

/// <summary>
/// Answers a stream of requests one after another, with memory and votes, while the worker learns; and goes on where it stopped. The place is kept in
/// the folder after every answer. A request that was remembered when the process died is not asked again.
/// </summary>
public sealed class StreamRunner
{
    private readonly OnlineEvolution _evolution;
    private readonly RequestFile _requests;
    private readonly string _file;
    private readonly Lock _lock = new();
    private StreamProgress _progress;

    /// <summary>Makes a runner, and reads how far it was.</summary>
    /// <param name="evolution">What answers and learns. Not owned.</param>
    /// <param name="requests">The stream.</param>
    /// <param name="folder">The folder of what was learnt, where the place is kept, too.</param>
    /// <exception cref="PixelisException">The place cannot be read.</exception>
    public StreamRunner(OnlineEvolution evolution, RequestFile requests, string folder)
    {
        ArgumentNullException.ThrowIfNull(evolution);
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        (_evolution, _requests, _file) = (evolution, requests, Path.Combine(folder, "stream.json"));
        _progress = StreamProgress.Read(_file);
        evolution.Updated += outcome => Count(p => outcome.Kind == UpdateKind.Applied ? p with { Updates = p.Updates + 1 } : p);
        evolution.Released += outcome => Count(p => outcome.Kind is ReleaseKind.Published or ReleaseKind.Kept ? p with { Versions = p.Versions + 1 } : p);
    }

    /// <summary>How far it is.</summary>
    public StreamProgress Progress
    {
        get
        {
            lock (_lock)
                return _progress;
        }
    }

    /// <summary>Answers what is left, then learns what waits and makes a last version. Cancelled, it does the same with what it has.</summary>
    /// <param name="onAnswer">Hears of every answer; null for nobody.</param>
    /// <param name="onFailure">Hears of a request that could not be answered, by its line; the stream goes on. Null for nobody.</param>
    /// <param name="skipsBroken">Whether lines that cannot be read are passed over. Default false: they end the run before anything else of it is asked.</param>
    /// <param name="cancellationToken">Ends reading; the request under way is asked again by the next run.</param>
    /// <returns>True when the stream was read to its end; false when it was cancelled.</returns>
    /// <exception cref="PixelisException">A line cannot be read, or the place is of another stream.</exception>
    public async Task<bool> RunAsync(
        Action<StreamRequest, OnlineAnswer>? onAnswer = null, Action<int, PixelisException>? onFailure = null, bool skipsBroken = false, CancellationToken cancellationToken = default)
    {
        RequirePlace();
        try
        {
            await _evolution.StartAsync(cancellationToken).ConfigureAwait(false);
            await _evolution.CatchUpAsync(cancellationToken).ConfigureAwait(false); // what the last run had not learnt comes before what is new
            Action<int, PixelisException>? broken = skipsBroken ? (line, e) => Fail(line, null, e, onFailure) : null;
            foreach (StreamRequest request in _requests.Read(Progress.Line, broken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await AnswerAsync(request, onAnswer, onFailure, cancellationToken).ConfigureAwait(false);
            }
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await _evolution.StopAsync(learnsWhatWaits: true, CancellationToken.None).ConfigureAwait(false);
            Save();
        }
    }

    private async Task AnswerAsync(StreamRequest request, Action<StreamRequest, OnlineAnswer>? onAnswer, Action<int, PixelisException>? onFailure, CancellationToken cancellationToken)
    {
        if (await _evolution.IsRememberedAsync(request.Id, cancellationToken).ConfigureAwait(false))
        {
            Count(p => p with { Line = request.Line, Last = StreamProgress.HashOf(request.Id) }); // the process died before its place was kept
            return;
        }
        try
        {
            OnlineAnswer answer = await _evolution.AskAsync(
                new OnlineRequest(new AgentRequest(request.Question, request.Media) { TrajectoryId = request.Id })
                {
                    Tenant = request.Tenant, Subject = request.Subject, Provenance = FormattableString.Invariant($"{_requests.Name}:{request.Line}"),
                },
                cancellationToken).ConfigureAwait(false);
            Count(p => p.With(answer) with { Line = request.Line, Last = StreamProgress.HashOf(request.Id) });
            Save();
            onAnswer?.Invoke(request, answer);
        }
        catch (PixelisException e)
        {
            Fail(request.Line, request.Id, e, onFailure);
        }
    }

    private void Fail(int line, string? id, PixelisException problem, Action<int, PixelisException>? onFailure)
    {
        Count(p => p with { Line = line, Last = id is null ? "" : StreamProgress.HashOf(id), Failed = p.Failed + 1 });
        Save();
        onFailure?.Invoke(line, problem);
    }

    private void RequirePlace()
    {
        StreamProgress progress = Progress;
        if (progress.Last.Length == 0)
            return;
        StreamRequest? last = _requests.Read(progress.Line - 1, (_, _) => { }).FirstOrDefault();
        if (last is null || last.Line != progress.Line || StreamProgress.HashOf(last.Id) != progress.Last)
            throw new PixelisException($"{_file} says that the stream was read to line {progress.Line}, and {_requests.Name} has another request there than was answered. Go on with the same stream, or choose another folder.");
    }

    private void Count(Func<StreamProgress, StreamProgress> change)
    {
        lock (_lock)
            _progress = change(_progress);
    }

    private void Save()
    {
        try
        {
            Progress.Write(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PixelisException($"{_file} cannot be written ({e.Message}); the next run goes on from the place that was kept last, and asks nothing again that is remembered.", e);
        }
    }
}
