using Pixelis.Online.Updates;

namespace Pixelis.Cli.Versions;

/// <summary>One version, as <c>pixelis online versions --json</c> prints it.</summary>
internal sealed record VersionDocument(
    string Id, string? Parent, DateTimeOffset CreatedAt, bool Serving, bool Learning, int Experiences,
    IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, string> Notes)
{
    public static VersionDocument Of(PolicyVersion version, string? serving, string? learning) => new(
        version.Id, version.Parent, version.CreatedAt, version.Id == serving, version.Id == learning, version.Experiences.Count, version.Metrics, version.Notes);
}
