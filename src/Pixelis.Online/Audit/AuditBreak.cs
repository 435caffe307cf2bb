namespace Pixelis.Online.Audit;

/// <summary>The first place where a log is not what it was.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">Line of it, from 1; 0 when the file as a whole is meant.</param>
/// <param name="Reason">What is wrong there, as a sentence.</param>
public sealed record AuditBreak(string File, long Line, string Reason)
{
    /// <inheritdoc />
    public override string ToString() => Line > 0 ? $"{File}, line {Line}: {Reason}" : $"{File}: {Reason}";
}
