using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Pixelis.Modeling;

namespace Pixelis.Generation.Running;

/// <summary>
/// Prompts that sequences alive have read from their very beginning. A sequence that begins with the same tokens and pictures forks what
/// another one holds instead of reading it again; nothing is kept beyond the sequences themselves.
/// </summary>
internal sealed class SharedPrompts
{
    private readonly object _lock = new();
    private readonly Dictionary<string, List<Holder>> _holders = [];
    private readonly Dictionary<string, TaskCompletionSource> _readers = [];
    private int _epoch; // grows when the weights change: what was read before is not to be shared

    /// <summary>Names a prompt by its content; null when it has a picture without a key, which cannot be recognised.</summary>
    public static string? KeyOf(Prompt prompt)
    {
        if (prompt.Visuals.Any(v => v.ContentKey is null))
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int[] ids = [.. prompt.TokenIds];
        hash.AppendData(MemoryMarshal.AsBytes<int>(ids));
        foreach (VisualInput visual in prompt.Visuals)
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"|{visual.Start}+{visual.Length} {visual.Grid} {visual.IsVideo} {visual.SecondsPerGrid:R} {visual.ContentKey}")));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>
    /// Waits while another sequence reads the prompt. Returns null when one holds it, and otherwise makes the caller its reader until what is
    /// returned is disposed, whether or not it could be read.
    /// </summary>
    public async Task<IDisposable?> BeginReadingAsync(string key, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task other;
            lock (_lock)
            {
                if (_holders.ContainsKey(key))
                    return null;
                if (!_readers.TryGetValue(key, out TaskCompletionSource? reader))
                {
                    _readers[key] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    return new Reading(this, key, _epoch);
                }
                other = reader.Task;
            }

            await other.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// A cache that continues the prompt and that others may fork in their turn, with its last logits copied; null when no sequence alive
    /// holds it.
    /// </summary>
    public KeyValueCache? TryFork(string key, int capacity, float[] logits)
    {
        lock (_lock)
        {
            if (!_holders.TryGetValue(key, out List<Holder>? holders))
                return null;
            Holder holder = holders[^1];
            holder.Logits.CopyTo(logits, 0);
            KeyValueCache fork = holder.Cache.Fork(1, Math.Max(capacity, holder.Length + 1), length: holder.Length);
            holders.Add(holder with { Cache = fork });
            return fork;
        }
    }

    /// <summary>Lets others fork what a cache holds now, unless the weights have changed since its reader began.</summary>
    public void Add(IDisposable reading, string key, KeyValueCache cache, float[] logits)
    {
        lock (_lock)
        {
            if (reading is not Reading { Epoch: var epoch } || epoch != _epoch)
                return;
            if (!_holders.TryGetValue(key, out List<Holder>? holders))
                _holders[key] = holders = [];
            holders.Add(new Holder(cache, cache.Length, [.. logits]));
        }
    }

    /// <summary>Frees a cache that may be a holder.</summary>
    public void Release(string? key, KeyValueCache cache)
    {
        lock (_lock)
        {
            if (key is not null && _holders.TryGetValue(key, out List<Holder>? holders))
            {
                holders.RemoveAll(h => ReferenceEquals(h.Cache, cache));
                if (holders.Count == 0)
                    _holders.Remove(key);
            }

            cache.Dispose();
        }
    }

    /// <summary>Sequences that begin from now on read their prompts anew: the weights have changed.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _holders.Clear();
            _epoch++;
        }
    }

    private void EndReading(string key)
    {
        TaskCompletionSource? reader;
        lock (_lock)
            _readers.Remove(key, out reader);
        reader?.SetResult();
    }

    private sealed class Reading(SharedPrompts prompts, string key, int epoch) : IDisposable
    {
        public int Epoch => epoch;

        public void Dispose() => prompts.EndReading(key);
    }

    private sealed record Holder(KeyValueCache Cache, int Length, float[] Logits);
}
