namespace Pixelis.TestKit;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output, lines ended by a line feed.</param>
/// <param name="Error">Standard error, likewise.</param>
public sealed record ChildResult(int ExitCode, string Output, string Error)
{
    /// <summary>Fails with everything the program printed unless it ended with 0.</summary>
    public ChildResult Succeeded() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"Ended with {ExitCode}.\n{Output}\n{Error}");
}
