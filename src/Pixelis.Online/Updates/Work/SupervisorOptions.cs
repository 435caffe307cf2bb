namespace Pixelis.Online.Updates;

/// <summary>How often something that fails is started again.</summary>
internal sealed record SupervisorOptions
{
    /// <summary>Wait before the first restart. Default 5 s; each further one waits twice as long.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait. Default 5 minutes.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Restarts in a row after which it is given up. Default 3; 0 gives up at once.</summary>
    public int MaxRestarts { get; init; } = 3;

    /// <summary>How long it must have run for earlier failures to be forgotten. Default 10 minutes.</summary>
    public TimeSpan SteadyAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The wait before a restart.</summary>
    /// <param name="restart">Its number in a row, from 1.</param>
    public TimeSpan DelayOf(int restart)
    {
        double seconds = FirstDelay.TotalSeconds * Math.Pow(2, restart - 1);
        return seconds < LongestDelay.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestDelay;
    }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestDelay, FirstDelay);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRestarts);
        ArgumentOutOfRangeException.ThrowIfLessThan(SteadyAfter, TimeSpan.Zero);
    }
}
