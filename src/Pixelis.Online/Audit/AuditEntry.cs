namespace Pixelis.Online.Audit;

/// <summary>
/// Something that must be on record: who did what to which thing, and how it ended. It holds names and numbers, not content: no question, answer
/// or picture.
/// </summary>
public sealed record AuditEntry
{
    /// <summary>The kind of event, for example <c>update</c>, <c>review</c>, <c>erasure</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Who acted: a part of the system, an operator, or a person's keyed hash. Never a person's name.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done, for example <c>apply</c>, <c>roll-back</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what it was done: a policy version, an experience's number, a file.</summary>
    public required string Resource { get; init; }

    /// <summary>How it ended.</summary>
    public AuditResult Result { get; init; }

    /// <summary>Further facts, by name. Written in the order of their names, so that equal facts are equal bytes.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
