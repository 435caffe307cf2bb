using System.CommandLine;

namespace Pixelis.Cli.CommandLine;

/// <summary>What the help of a verb says beyond its options.</summary>
internal static class CommandExtensions
{
    public static TCommand WithExamples<TCommand>(this TCommand command, params string[] examples)
        where TCommand : Command
    {
        TeachingHelp.SetExamples(command, examples);
        return command;
    }

    public static TCommand WithNote<TCommand>(this TCommand command, string note)
        where TCommand : Command
    {
        TeachingHelp.SetNote(command, note);
        return command;
    }
}
