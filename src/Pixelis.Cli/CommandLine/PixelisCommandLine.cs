using System.CommandLine;
using System.CommandLine.Help;
using Pixelis.Cli.Commands;

namespace Pixelis.Cli.CommandLine;

/// <summary>The verbs, and what every one of them shares: help, errors, Ctrl-C, exit codes.</summary>
internal static class PixelisCommandLine
{
    /// <summary>Shows stack traces; every verb has it.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Show the stack trace of an error",
        Recursive = true,
    };

    public static Command Create()
    {
        // Not a RootCommand: that one would call itself by the assembly's name instead of the tool's.
        var help = new HelpOption();
        help.Action = new TeachingHelp((HelpAction)help.Action!);
        var root = new Command("pixelis", "Looks at images and videos with a vision-language model, and looks after models and the machine they run on.")
        {
            help,
            new VersionOption(),
            Verbose,
            AskCommand.Create(),
            DoctorCommand.Create(),
            ModelCommand.Create(),
        };
        return root.WithExamples(
            "pixelis doctor",
            "pixelis model random --like qwen2.5-vl-tiny --out ./tiny",
            "pixelis ask --model ./tiny --image photo.jpg \"What is in the picture?\"");
    }

    /// <summary>Runs a command line and returns its exit code (<see cref="ExitCodes"/>).</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        ParseResult parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (string message in parsed.Errors.Select(problem => problem.Message).Distinct())
                error.WriteLine($"pixelis: {message}");
            error.WriteLine($"Try: {NameOf(parsed)} --help");
            return ExitCodes.Usage;
        }
        using var interruption = new Interruption();
        try
        {
            // Ctrl-C is handled by Interruption, exceptions below: the library's own handlers are switched off.
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            error.WriteLine("pixelis: stopped");
            return ExitCodes.Interrupted;
        }
        catch (Exception problem)
        {
            ErrorText.Write(error, problem, parsed.GetValue(Verbose));
            return problem is UsageException ? ExitCodes.Usage : ExitCodes.Failure;
        }
    }

    private static string NameOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, command.Command.Name);
        return string.Join(' ', names);
    }
}
