using Pixelis.Online.Audit;
using Pixelis.Online.Updates;

namespace Pixelis.Online.Privacy;

/// <summary>Forgets a person, in a store that runs or in one that is stopped.</summary>
public static class PersonErasure
{
    /// <summary>Erases experiences, vectors, pictures and review items, and puts that on record.</summary>
    /// <param name="experiences">The memory.</param>
    /// <param name="reviews">Where people are asked; null for nowhere.</param>
    /// <param name="versions">The versions there are.</param>
    /// <param name="audit">Where it is put on record; null for nowhere.</param>
    /// <param name="subject">The person's keyed hash (<see cref="SubjectHasher"/>).</param>
    /// <param name="cancellationToken">Stops before anything is erased, never half way.</param>
    /// <returns>What is gone, and the versions that hold what they learnt from it, descendants included.</returns>
    /// <exception cref="PixelisException">A store could not be written.</exception>
    public static async Task<Erasure> EraseAsync(
        IExperienceBuffer experiences, IReviewQueue? reviews, PolicyVersionStore versions, AuditLog? audit, string subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiences);
        ArgumentNullException.ThrowIfNull(versions);
        Erasure erased = await experiences.EraseAsync(subject, cancellationToken).ConfigureAwait(false);
        if (reviews is not null)
            await reviews.ForgetAsync(erased.Experiences, CancellationToken.None).ConfigureAwait(false);
        erased = erased with { Versions = versions.HoldersOf(erased.Versions) };
        if (audit is not null)
            await audit.AppendAsync(EntryOf(subject, erased), CancellationToken.None).ConfigureAwait(false);
        return erased;
    }

    private static AuditEntry EntryOf(string subject, Erasure erased) => new()
    {
        Type = "erasure",
        Actor = "operator",
        Action = "erase",
        Resource = $"subject {subject}",
        Metadata = new Dictionary<string, string> { ["experiences"] = AuditNumbers.Of(erased.Experiences), ["versions"] = string.Join(' ', erased.Versions) },
    };
}
