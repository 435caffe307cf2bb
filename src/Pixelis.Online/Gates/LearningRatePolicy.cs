namespace Pixelis.Online;

/// <summary>The two schedules of learning rates: by confidence, and TTRL's.</summary>
public static class LearningRatePolicy
{
    /// <summary>
    /// clip(<paramref name="highest"/> (1 - confidence), <paramref name="lowest"/>, <paramref name="highest"/>), whatever the update's number:
    /// the surer an answer, the less there is to learn from it. Behind a gate at 0.7 it is at most 3e-5 by default.
    /// </summary>
    /// <param name="highest">Above 0. Default 1e-4.</param>
    /// <param name="lowest">Above 0, at most <paramref name="highest"/>. Default 1e-6.</param>
    public static ILearningRatePolicy ByConfidence(double highest = 1e-4, double lowest = 1e-6)
    {
        Check(highest, nameof(highest));
        return lowest > 0 && lowest <= highest
            ? new Confidence(highest, lowest)
            : throw new ArgumentOutOfRangeException(nameof(lowest), lowest, $"Above 0 and at most {highest} was expected.");
    }

    /// <summary>
    /// TTRL's: a straight line from 0 to <paramref name="peak"/> over the first <paramref name="warmUp"/> of the updates, whose first already
    /// moves; then half a cosine down to 0 at the last update; 0 after it. Confidence does not count.
    /// </summary>
    /// <param name="updates">How many updates there will be, at least 1.</param>
    /// <param name="peak">Above 0. Default 5e-7.</param>
    /// <param name="warmUp">Share of the updates, 0 to 1. Default 0.03.</param>
    public static ILearningRatePolicy Ttrl(long updates, double peak = 5e-7, double warmUp = 0.03)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(updates, 1);
        Check(peak, nameof(peak));
        return new Cosine(updates, peak, (long)Math.Round(Gate.Unit(warmUp, nameof(warmUp)) * updates));
    }

    private static void Check(double rate, string name)
    {
        if (!(rate > 0 && double.IsFinite(rate)))
            throw new ArgumentOutOfRangeException(name, rate, "A rate above 0 was expected.");
    }

    private sealed class Confidence(double highest, double lowest) : ILearningRatePolicy
    {
        public double At(double confidence, long update)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(update);
            return Math.Clamp(highest * (1 - Gate.Unit(confidence, nameof(confidence))), lowest, highest);
        }
    }

    private sealed class Cosine(long updates, double peak, long warmUp) : ILearningRatePolicy
    {
        public double At(double confidence, long update)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(update);
            _ = Gate.Unit(confidence, nameof(confidence));
            if (update < warmUp)
                return peak * (update + 1) / warmUp;
            long last = updates - 1;
            if (update > last)
                return 0;
            double progress = last <= warmUp ? 0 : (update - warmUp) / (double)(last - warmUp);
            return peak * 0.5 * (1 + Math.Cos(Math.PI * progress));
        }
    }
}
