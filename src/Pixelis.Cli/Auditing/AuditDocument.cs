using Pixelis.Online.Audit;

namespace Pixelis.Cli.Auditing;

/// <summary>What <c>pixelis audit verify --json</c> prints.</summary>
internal sealed record AuditDocument(
    bool Intact, AuditBreak? Break, long Entries, long Lines, int Files, DateTimeOffset? First, DateTimeOffset? Last, long AheadOfHead, long UnfinishedBytes, string LastMac)
{
    public static AuditDocument Of(AuditReport report) => new(
        report.IsIntact, report.Break, report.Entries, report.Lines, report.Files, report.First, report.Last, report.AheadOfHead, report.UnfinishedBytes, report.LastMac);
}
