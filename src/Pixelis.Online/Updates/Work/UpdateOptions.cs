namespace Pixelis.Online.Updates;

/// <summary>How learning while serving goes on.</summary>
internal sealed record UpdateOptions
{
    /// <summary>What is done with what is learnt. Default <see cref="OnlineMode.Learning"/>; in read-only mode nothing is learnt at all.</summary>
    public OnlineMode Mode { get; init; } = OnlineMode.Learning;

    /// <summary>What keeps updates small.</summary>
    public UpdateSafetyOptions Safety { get; init; } = new();

    /// <summary>Tasks that one update learns from at most, at least 1. Default 1. It takes what waits; it does not wait for more.</summary>
    public int TasksPerUpdate { get; init; } = 1;

    /// <summary>Updates after which a version is made of the average, tried, and published when it is good. Default 100.</summary>
    public int PublishEvery { get; init; } = 100;

    /// <summary>
    /// How much less accurate than the best version it descends from a version may be on the canary, 0 to 1. Default 0.02: two points. The best, and not
    /// the last one: so that many small losses do not add up.
    /// </summary>
    public double CanaryMargin { get; init; } = 0.02;

    /// <summary>Tasks in a row that cannot be learnt from, after which the worker fails as a whole. Default 5.</summary>
    public int MaxFailuresInARow { get; init; } = 5;

    /// <summary>
    /// Updates in a row that were undone because they went too far, after which the policy falls back to its average: else it could stand at the
    /// limit for good, where whatever it learns next goes beyond. Default 10.
    /// </summary>
    public int MaxBlockedInARow { get; init; } = 10;

    /// <summary>Tasks that were set aside which are kept, the newest. Default 100; the audit log names all of them.</summary>
    public int SetAsideCapacity { get; init; } = 100;

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Safety.Validate();
        AtLeast(TasksPerUpdate, 1, nameof(TasksPerUpdate));
        AtLeast(PublishEvery, 1, nameof(PublishEvery));
        AtLeast(MaxFailuresInARow, 1, nameof(MaxFailuresInARow));
        AtLeast(MaxBlockedInARow, 1, nameof(MaxBlockedInARow));
        AtLeast(SetAsideCapacity, 0, nameof(SetAsideCapacity));
        if (!(CanaryMargin >= 0 && CanaryMargin <= 1))
            throw new PixelisException(FormattableString.Invariant($"{nameof(CanaryMargin)} is {CanaryMargin}; 0 to 1 was expected."));
    }

    private static void AtLeast(int value, int least, string name)
    {
        if (value < least)
            throw new PixelisException($"{name} is {value}; a number of at least {least} was expected.");
    }
}
