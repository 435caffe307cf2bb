using Microsoft.Data.Sqlite;
using Pixelis.Trajectories;

namespace Pixelis.Online.Storage;

/// <summary>One experience on its way into the database, and those that leave to make room for it.</summary>
internal sealed class Addition
{
    private readonly Experience _experience;
    private readonly ExperienceBufferOptions _options;
    private readonly string[] _episodes;
    private readonly Dictionary<string, (PixelImage Image, byte[]? Png)> _pictures = [];

    public Addition(Experience experience, ExperienceBufferOptions options)
    {
        (_experience, _options) = (experience, options);
        (Trajectory Record, IReadOnlyList<PixelImage> Pictures)[] episodes = [.. experience.Episodes.Select(PictureStore.Describe)];
        _episodes = [.. episodes.Select(e => TrajectoryJson.ToLine(e.Record))];
        foreach (PixelImage picture in episodes.SelectMany(e => e.Pictures))
            _pictures[picture.ContentHash] = (picture, null);
    }

    /// <summary>What came of it.</summary>
    /// <param name="Id">The number it got.</param>
    /// <param name="Tenant">The number of its tenant.</param>
    /// <param name="Left">The numbers of those that left.</param>
    public sealed record Outcome(long Id, int Tenant, IReadOnlyList<long> Left);

    /// <summary>Makes the PNGs of pictures that are not kept yet, on the caller's thread: the writer's is everybody's.</summary>
    public void Encode(Func<string, bool> isKept, CancellationToken cancellationToken)
    {
        foreach ((string hash, (PixelImage image, _)) in _pictures.ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!isKept(hash))
                _pictures[hash] = (image, PictureStore.Encode(image));
        }
    }

    public Outcome Apply(SqliteConnection connection)
    {
        long id = ExperienceRows.Insert(connection, _experience, _episodes);
        PictureStore.Keep(connection, id, _pictures);
        long tenant = connection.One<long>("SELECT tenant FROM experience WHERE id = $1", id);
        return new Outcome(id, (int)tenant, MakeRoom(connection, id));
    }

    private IReadOnlyList<long> MakeRoom(SqliteConnection connection, long newest)
    {
        int count = ExperienceWorth.Leaving(connection.One<long>("SELECT sum(held) FROM tenant"), _options.Capacity);
        if (count == 0)
            return [];
        DateTimeOffset now = _options.Time.GetUtcNow();
        List<(long Id, double Value)> others = connection.All(
            "SELECT id, priority, uses, successes, label_source, created_at FROM experience WHERE id <> $1",
            r => (r.GetInt64(0), ExperienceWorth.Value(
                r.GetDouble(1), r.GetInt64(2), r.GetInt64(3), (LabelSource)r.GetInt32(4), now - new DateTimeOffset(r.GetInt64(5), TimeSpan.Zero), _options.ValueHalfLife)),
            newest);
        long[] leaving = [.. others.OrderBy(o => o.Value).ThenBy(o => o.Id).Take(count).Select(o => o.Id)];
        ExperienceRows.Delete(connection, leaving);
        return leaving;
    }
}
