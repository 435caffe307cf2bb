using Pixelis.Data;

namespace Pixelis.Training.Grpo;

/// <summary>Which prompt comes when: a generated source in its own order, a finite one again and again, each time in another.</summary>
internal sealed class PromptOrder(IExampleSource source, ulong seed)
{
    private (long Epoch, int[] Order)? _epoch;

    /// <summary>The prompt at a place.</summary>
    /// <exception cref="PixelisException">The source is empty, or the example cannot be loaded.</exception>
    public Example Get(long place, CancellationToken cancellationToken) => source.GetAsync(IndexOf(place), cancellationToken).AsTask().GetAwaiter().GetResult();

    private long IndexOf(long place)
    {
        if (source.Count is not { } size)
            return place;
        if (size == 0)
            throw new PixelisException($"{source.Name} holds no prompts; at least one was expected.");
        long epoch = place / size;
        if (_epoch?.Epoch != epoch)
        {
            int[] order = [.. Enumerable.Range(0, checked((int)size))];
            SeededNumbers.Shuffle(order, SeededNumbers.Hash(seed, (ulong)epoch, 1));
            _epoch = (epoch, order);
        }

        return _epoch.Value.Order[place % size];
    }
}
