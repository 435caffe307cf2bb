using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Pixelis.Cli.CommandLine;

/// <summary>The usual help, followed by examples, notes and exit codes.</summary>
internal sealed class TeachingHelp(HelpAction inner) : SynchronousCommandLineAction
{
    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];
    private static readonly ConditionalWeakTable<Command, string> Notes = [];

    public static void SetExamples(Command command, string[] examples) => Examples.AddOrUpdate(command, examples);

    public static void SetNote(Command command, string note) => Notes.AddOrUpdate(command, note);

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = inner.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        if (Examples.TryGetValue(command, out string[]? examples))
        {
            output.WriteLine("Examples:");
            foreach (string example in examples)
                output.WriteLine("  " + example);
            output.WriteLine();
        }
        if (Notes.TryGetValue(command, out string? note))
        {
            output.WriteLine(note);
            output.WriteLine();
        }
        output.WriteLine("Exit codes:");
        output.WriteLine("  0 done, 1 it could not be done, 2 wrong command line, 3 a limit came before the answer, 130 stopped by Ctrl-C");
        return code;
    }
}
