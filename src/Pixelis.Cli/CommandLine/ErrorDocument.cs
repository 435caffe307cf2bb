namespace Pixelis.Cli.CommandLine;

/// <summary>What a verb prints with <c>--json</c> when it could not do its work.</summary>
/// <param name="Error">What went wrong.</param>
internal sealed record ErrorDocument(ErrorDetail Error);

/// <summary>What went wrong.</summary>
/// <param name="Message">The same sentence as on standard error.</param>
/// <param name="Type">Kind of problem, for example <c>ImageFormat</c>.</param>
/// <param name="ExitCode">What the process returns.</param>
internal sealed record ErrorDetail(string Message, string Type, int ExitCode);
