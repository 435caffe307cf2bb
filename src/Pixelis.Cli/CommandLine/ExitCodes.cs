namespace Pixelis.Cli.CommandLine;

/// <summary>What the process returns; the same for every verb, and part of its contract.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>The work could not be done: a file, a model or the machine was not what was needed.</summary>
    public const int Failure = 1;

    /// <summary>The command line itself was wrong; nothing was tried.</summary>
    public const int Usage = 2;

    /// <summary>A limit on turns, calls, images or time ended the work before there was an answer.</summary>
    public const int NoAnswer = 3;

    /// <summary>Stopped by Ctrl-C or a request to end (128 + SIGINT, as shells report it).</summary>
    public const int Interrupted = 130;
}
