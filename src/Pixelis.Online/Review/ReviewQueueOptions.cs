namespace Pixelis.Online;

/// <summary>Settings of a <see cref="ReviewQueue"/>.</summary>
public sealed record ReviewQueueOptions
{
    /// <summary>
    /// How often decisions of other processes are looked for, above zero; those of this one are told at once. Default one second.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);
}
