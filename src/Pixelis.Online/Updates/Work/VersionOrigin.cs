namespace Pixelis.Online.Updates;

/// <summary>Why a version is what it is: the experiences that made it of its parent, and the versions before.</summary>
/// <param name="Version">The version.</param>
/// <param name="Experiences">What it learnt since its parent, by number.</param>
/// <param name="Ancestors">The versions it descends from, the nearest first; those that are no longer kept end the list.</param>
public sealed record VersionOrigin(PolicyVersion Version, IReadOnlyList<LearntExperience> Experiences, IReadOnlyList<PolicyVersion> Ancestors)
{
    /// <summary>Looks a version up.</summary>
    /// <param name="versions">The store.</param>
    /// <param name="id">The version's name.</param>
    /// <param name="find">Finds an experience by its number; null where nobody can.</param>
    /// <exception cref="PixelisException">There is no such version.</exception>
    public static async Task<VersionOrigin> OfAsync(PolicyVersionStore versions, string id, Func<long, ValueTask<Experience?>>? find = null)
    {
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentNullException.ThrowIfNull(id);
        PolicyVersion version = versions.Find(id)
            ?? throw new PolicyStoreException(versions.Folder, $"there is no version '{id}'; there are {string.Join(", ", versions.Versions.Select(v => v.Id))}.");
        var learnt = new List<LearntExperience>();
        foreach (long number in version.Experiences)
            learnt.Add(new LearntExperience(number, find is null ? null : await find(number).ConfigureAwait(false)));
        var ancestors = new List<PolicyVersion>();
        for (PolicyVersion? next = version; next?.Parent is { } parent && (next = versions.Find(parent)) is not null;)
            ancestors.Add(next);
        return new VersionOrigin(version, learnt, ancestors);
    }
}
