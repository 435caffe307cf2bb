using Pixelis.Cli.CommandLine;
using Pixelis.Training;

namespace Pixelis.Cli.Training;

/// <summary>How a training run of any kind ends for the shell.</summary>
internal static class RunEnding
{
    /// <summary>The exit code of a run, and what to say of one that was stopped.</summary>
    public static int ExitCodeOf(TrainingResult result, TextWriter error)
    {
        if (result.End != TrainingEnd.Cancelled)
            return ExitCodes.Success;
        error.WriteLine($"pixelis: stopped after step {result.Step}; the same command goes on from there.");
        return ExitCodes.Interrupted;
    }
}
