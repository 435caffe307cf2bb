namespace Pixelis.Cli.CommandLine;

/// <summary>A command line whose parts do not fit together.</summary>
internal sealed class UsageException(string message) : Exception(message);
