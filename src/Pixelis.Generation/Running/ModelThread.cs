using System.Collections.Concurrent;

namespace Pixelis.Generation.Running;

/// <summary>
/// One thread for the forward passes that asynchronous callers ask for. The runtime's OpenMP keeps a team of threads for every thread that calls
/// it, and the allocator an arena: passes that hop over the threads of the pool would pay for both many times.
/// </summary>
internal sealed class ModelThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Lazy<Thread> _thread;

    public ModelThread() => _thread = new Lazy<Thread>(Start);

    /// <summary>Runs work on the thread, which starts with the first call. Continuations run elsewhere.</summary>
    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = _thread.Value;
        _work.Add(() =>
        {
            try
            {
                work();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e); // belongs to whoever awaits; the thread goes on
            }
        });
        return done.Task;
    }

    /// <summary>Lets the thread end once its work is done.</summary>
    public void Dispose() => _work.CompleteAdding();

    private Thread Start()
    {
        var thread = new Thread(Loop) { IsBackground = true, Name = "Pixelis model" };
        thread.Start();
        return thread;
    }

    private void Loop()
    {
        foreach (Action work in _work.GetConsumingEnumerable())
            work();
        _work.Dispose();
    }
}
