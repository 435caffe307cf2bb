using System.CommandLine;
using Pixelis.Online.Audit;
using Pixelis.Online.Updates;

namespace Pixelis.Cli.CommandLine;

/// <summary>Where the key of an audit log is, told the same way by every verb that needs one.</summary>
internal sealed class AuditKeyOptions
{
    public Option<string?> File { get; } = new("--key") { Description = "File with the audit log's key (mode 600)", HelpName = "FILE" };

    public Option<string?> Variable { get; } = new("--key-env") { Description = "Environment variable with the audit log's key", HelpName = "NAME" };

    /// <summary>The key; null when none is named.</summary>
    /// <exception cref="UsageException">Two are.</exception>
    public AuditKey? Read(ParseResult parsed) => (parsed.GetValue(File), parsed.GetValue(Variable)) switch
    {
        ({ } file, null) => AuditKey.Read(file),
        (null, { } name) => AuditKey.FromEnvironment(name),
        (null, null) => null,
        _ => throw new UsageException("--key and --key-env name two keys; give one of them."),
    };

    /// <summary>The key that is named, or else the one beside a store; null when the store has no audit log.</summary>
    /// <exception cref="UsageException">The store has an audit log, and there is no key; or two are named.</exception>
    public AuditKey? Read(ParseResult parsed, OnlineFolder store)
    {
        if ((Read(parsed) ?? (System.IO.File.Exists(store.AuditKey) ? AuditKey.Read(store.AuditKey) : null)) is { } key)
            return key;
        return Directory.Exists(store.AuditLog)
            ? throw new UsageException($"{store.AuditLog} is an audit log, and this belongs on it: give its key with --key FILE or --key-env NAME.")
            : null;
    }
}
