using Pixelis.Evaluation.Statistics;

namespace Pixelis.Evaluation;

/// <summary>
/// CLEAR MOT (Bernardin and Stiefelhagen 2008): how well a tracker follows several objects. A pair counts only from an intersection over
/// union of the gate on; a pair of the frame before is kept while it counts, the others are paired by the Hungarian method, most pairs
/// first, then most overlap. Deviation: MOTP is the mean overlap of the pairs (higher is better), not a distance.
/// </summary>
/// <param name="Mota">1 - (misses + false positives + identity switches) / true boxes; below 0 when there are more errors than boxes.</param>
/// <param name="Motp">Mean intersection over union of the pairs; 0 without any.</param>
/// <param name="Truths">True boxes in all.</param>
/// <param name="Pairs">True boxes that were found.</param>
/// <param name="Misses">True boxes that were not.</param>
/// <param name="FalsePositives">Reported boxes that are no true one.</param>
/// <param name="IdentitySwitches">Pairs of an object with another number than the last one it was found under.</param>
public sealed record MultipleObjectMetrics(double Mota, double Motp, int Truths, int Pairs, int Misses, int FalsePositives, int IdentitySwitches)
{
    // More than any sum of overlaps can outweigh: a pair below the gate is never taken in place of one above it.
    private const double Forbidden = 1e6;

    /// <summary>Scores frames in order of time.</summary>
    /// <param name="frames">At least one true box in all.</param>
    /// <param name="gate">Least intersection over union of a pair, above 0 and at most 1.</param>
    /// <exception cref="ArgumentException">There is no true box, or the gate is outside its range.</exception>
    public static MultipleObjectMetrics Of(IReadOnlyList<FrameBoxes> frames, double gate = 0.5)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (gate is not (> 0 and <= 1))
            throw new ArgumentException($"The gate must be above 0 and at most 1, not {gate}.", nameof(gate));
        int truths = frames.Sum(f => f.Truth.Count), found = frames.Sum(f => f.Found.Count);
        if (truths == 0)
            throw new ArgumentException("At least one true box is needed.", nameof(frames));
        var last = new Dictionary<int, int>(); // the number each object was last found under
        var before = new Dictionary<int, int>(); // the pairs of the frame before
        int pairs = 0, switches = 0;
        double overlap = 0;
        foreach (FrameBoxes frame in frames)
        {
            Dictionary<int, int> now = Match(frame, before, gate);
            foreach ((int truth, int number) in now)
            {
                pairs++;
                overlap += TrackingMetrics.Iou(frame.Truth[truth], frame.Found[number]);
                switches += last.TryGetValue(truth, out int earlier) && earlier != number ? 1 : 0;
                last[truth] = number;
            }
            before = now;
        }
        int misses = truths - pairs, extra = found - pairs;
        return new MultipleObjectMetrics(1 - (double)(misses + extra + switches) / truths, pairs == 0 ? 0 : overlap / pairs, truths, pairs, misses, extra, switches);
    }

    private static Dictionary<int, int> Match(FrameBoxes frame, Dictionary<int, int> before, double gate)
    {
        var pairs = new Dictionary<int, int>();
        foreach ((int truth, int number) in before)
        {
            if (frame.Truth.TryGetValue(truth, out var box) && frame.Found.TryGetValue(number, out var reported) && TrackingMetrics.Iou(box, reported) >= gate)
                pairs.Add(truth, number);
        }
        int[] truths = [.. frame.Truth.Keys.Where(t => !pairs.ContainsKey(t)).Order()];
        int[] numbers = [.. frame.Found.Keys.Except(pairs.Values).Order()];
        if (truths.Length == 0 || numbers.Length == 0)
            return pairs;
        var costs = new double[truths.Length, numbers.Length];
        for (int t = 0; t < truths.Length; t++)
        {
            for (int n = 0; n < numbers.Length; n++)
            {
                double iou = TrackingMetrics.Iou(frame.Truth[truths[t]], frame.Found[numbers[n]]);
                costs[t, n] = iou >= gate ? 1 - iou : Forbidden;
            }
        }
        int[] columns = Assignment.Solve(costs);
        for (int t = 0; t < truths.Length; t++)
        {
            if (columns[t] >= 0 && costs[t, columns[t]] < Forbidden)
                pairs.Add(truths[t], numbers[columns[t]]);
        }
        return pairs;
    }
}
