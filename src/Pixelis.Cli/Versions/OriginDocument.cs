using Pixelis.Online.Updates;

namespace Pixelis.Cli.Versions;

/// <summary>What <c>pixelis online why --json</c> prints.</summary>
internal sealed record OriginDocument(VersionDocument Version, IReadOnlyList<LearntDocument> Experiences, IReadOnlyList<string> Ancestors)
{
    public static OriginDocument Of(VersionOrigin origin, string? serving, string? learning) => new(
        VersionDocument.Of(origin.Version, serving, learning), [.. origin.Experiences.Select(LearntDocument.Of)], [.. origin.Ancestors.Select(a => a.Id)]);
}

/// <summary>An experience that a version learnt from; its number alone when it is gone.</summary>
internal sealed record LearntDocument(
    long Id, string? Tenant, string? Question, string? Answer, string? Label, string? LabelSource, double? Confidence, DateTimeOffset? CreatedAt, string? Provenance)
{
    public static LearntDocument Of(LearntExperience learnt) => learnt.Experience is not { } e
        ? new LearntDocument(learnt.Id, null, null, null, null, null, null, null, null)
        : new LearntDocument(
            learnt.Id, e.Tenant, e.Question, e.Answer, e.Label, e.LabelSource.ToString().ToLowerInvariant(), e.Confidence, e.CreatedAt, e.Provenance);
}
