using Microsoft.Extensions.Logging;
using Pixelis.Online.Neighbors;

namespace Pixelis.Online;

/// <summary>What a buffer keeps, for how long, and how it finds neighbours.</summary>
public sealed record ExperienceBufferOptions
{
    /// <summary>Length of the embeddings, 1 to 65536. Default 0: what the store was made with; a new store needs it.</summary>
    public int Dimension { get; init; }

    /// <summary>
    /// Most experiences of all tenants together, 1 or more. Default 100,000. When one more comes, those of the least value leave: as many as
    /// are too many, and a hundredth of the capacity so that this need not happen each time. Value is what sampling goes by (priority, and
    /// 0.7 + 0.3 of the share of right votes once there were any), halved every <see cref="ValueHalfLife"/>, times one plus the binary
    /// logarithm of one plus its votes, and doubled by a person's label. The one that came is never among them.
    /// </summary>
    public int Capacity { get; init; } = 100_000;

    /// <summary>How long an experience is kept. Default 90 days; zero or less for ever.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>The time in which an experience's value falls by half. Default 30 days.</summary>
    public TimeSpan ValueHalfLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often old experiences are looked for. Default one hour; zero for never by itself.</summary>
    public TimeSpan PruneInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often the index is written, when it has changed. Default ten minutes; zero for only when the buffer is closed.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How neighbours are found.</summary>
    public HnswOptions Neighbors { get; init; } = new();

    /// <summary>Told what went wrong in the background; null for nobody.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Most pages of 4096 bytes the database may have, as if the disk ended there; 0 for no limit.</summary>
    internal long MostPages { get; init; }

    internal void Validate()
    {
        if (Dimension is < 0 or > 65536)
            throw new PixelisException($"{nameof(Dimension)} is {Dimension}; expected 0 to 65536.");
        if (Capacity < 1)
            throw new PixelisException($"{nameof(Capacity)} is {Capacity}; expected 1 or more.");
        if (ValueHalfLife <= TimeSpan.Zero)
            throw new PixelisException($"{nameof(ValueHalfLife)} is {ValueHalfLife}; expected more than zero.");
        Neighbors.Validate();
    }
}
