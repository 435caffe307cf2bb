using System.Collections.Concurrent;

namespace Pixelis.Training;

/// <summary>
/// Prepares windows of batches on other threads, some ahead of the trainer, in an order that depends on nothing but the cursor. Used by
/// one thread.
/// </summary>
internal sealed class BatchStream : IDisposable
{
    private readonly IExampleStream _source;
    private readonly ExamplePreparer _preparer;
    private readonly SftDataOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly BlockingCollection<BatchWindow> _ready;
    private readonly Task _producer;
    private BatchWindow? _window;

    /// <summary>Starts preparing.</summary>
    /// <param name="source">The examples.</param>
    /// <param name="preparer">Makes them tokens.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="place">Where to begin: the window, and how many of its batches to pass over.</param>
    public BatchStream(IExampleStream source, ExamplePreparer preparer, SftDataOptions options, BatchPlace place)
    {
        _source = source;
        _preparer = preparer;
        _options = options;
        _ready = new BlockingCollection<BatchWindow>(options.WindowsAhead);
        Place = place;
        _producer = Task.Factory.StartNew(() => Produce(place.Window), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Where the next batch is.</summary>
    public BatchPlace Place { get; private set; }

    /// <summary>Receives a message for each example that could not be prepared.</summary>
    public Action<string>? Skipped { get; set; }

    /// <summary>Waits for the next batch.</summary>
    /// <exception cref="PixelisException">An example cannot be prepared and the options say to stop then, or a whole window cannot.</exception>
    public IReadOnlyList<PreparedExample> Next(CancellationToken cancellationToken)
    {
        while (_window is null || Place.Batch >= _window.Batches.Count)
        {
            if (_window is not null)
                Place = new BatchPlace(After(_window.Start), 0);
            _window = Take(cancellationToken);
            if (_window.Batches.Count == 0)
                throw new PixelisException($"None of the {_options.WindowSize} examples from {_window.Start.Position} on can be used; the first: {_window.Skipped[0]}");
            if (Place.Batch == 0)
            {
                foreach (string message in _window.Skipped)
                    Skipped?.Invoke(message);
            }
        }

        IReadOnlyList<PreparedExample> batch = _window.Batches[Place.Batch];
        Place = Place with { Batch = Place.Batch + 1 };
        return batch;
    }

    /// <summary>The start of the window after the one at hand, in another stage: where a stream for that stage begins.</summary>
    public BatchPlace NextWindow(int stage) =>
        new((Place.Batch == 0 ? Place.Window : After(Place.Window)) with { Stage = stage }, 0);

    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            _producer.Wait();
        }
        catch (AggregateException)
        {
            // What went wrong there was told by Next, or nobody waits for it any more.
        }

        _ready.Dispose();
        _stop.Dispose();
    }

    private DataCursor After(DataCursor start) => start with { Position = start.Position + _options.WindowSize };

    private BatchWindow Take(CancellationToken cancellationToken)
    {
        try
        {
            return _ready.Take(cancellationToken);
        }
        catch (InvalidOperationException) when (_producer.IsFaulted || _ready.IsAddingCompleted)
        {
            _producer.GetAwaiter().GetResult(); // throws what stopped the producer
            throw;
        }
    }

    private void Produce(DataCursor start)
    {
        try
        {
            for (DataCursor at = start; ; at = After(at))
                _ready.Add(Prepare(at), _stop.Token);
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }

    private BatchWindow Prepare(DataCursor start)
    {
        var examples = new PreparedExample?[_options.WindowSize];
        var messages = new string?[examples.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Workers, CancellationToken = _stop.Token };
        try
        {
            Parallel.For(0, examples.Length, parallel, i =>
            {
                try
                {
                    examples[i] = _preparer.Prepare(_source.Get(start with { Position = start.Position + i }));
                }
                catch (PixelisException e) when (_options.SkipsBadExamples)
                {
                    messages[i] = e.Message;
                }
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.Count > 0)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return BatchWindow.Of(start, [.. examples.OfType<PreparedExample>()], [.. messages.OfType<string>()], _options.BatchSize, _options.Seed);
    }
}
