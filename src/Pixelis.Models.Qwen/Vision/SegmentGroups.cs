using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// Attention segments sorted into groups of equal length, so that each group is one batched product instead of a loop over
/// segments or a quadratic mask.
/// </summary>
internal sealed class SegmentGroups : IDisposable
{
    private SegmentGroups(IReadOnlyList<(int Count, int Length, Tensor? Rows)> groups, Tensor? restore)
    {
        Groups = groups;
        Restore = restore;
    }

    /// <summary>Count and length of the segments of each group, and the rows they hold; null rows mean all rows in order.</summary>
    public IReadOnlyList<(int Count, int Length, Tensor? Rows)> Groups { get; }

    /// <summary>Where each row is in the concatenation of the groups; null when it is in order already.</summary>
    public Tensor? Restore { get; }

    /// <summary>Sorts segments that are given by their borders.</summary>
    public static SegmentGroups Create(int[] borders, Device device)
    {
        var byLength = new SortedDictionary<int, List<int>>();
        for (int i = 0; i + 1 < borders.Length; i++)
        {
            int length = borders[i + 1] - borders[i];
            if (!byLength.TryGetValue(length, out List<int>? starts))
                byLength.Add(length, starts = []);
            starts.Add(borders[i]);
        }

        if (byLength.Count == 1)
        {
            (int length, List<int> starts) = byLength.First();
            return new SegmentGroups([(starts.Count, length, null)], null);
        }

        var groups = new List<(int, int, Tensor?)>();
        var restore = new long[borders[^1]];
        long place = 0;
        foreach ((int length, List<int> starts) in byLength)
        {
            long[] rows = starts.SelectMany(start => Enumerable.Range(start, length)).Select(row => (long)row).ToArray();
            foreach (long row in rows)
                restore[row] = place++;
            groups.Add((starts.Count, length, torch.tensor(rows, device: device).DetachFromDisposeScope()));
        }

        return new SegmentGroups(groups, torch.tensor(restore, device: device).DetachFromDisposeScope());
    }

    public void Dispose()
    {
        foreach ((_, _, Tensor? rows) in Groups)
            rows?.Dispose();
        Restore?.Dispose();
    }
}
