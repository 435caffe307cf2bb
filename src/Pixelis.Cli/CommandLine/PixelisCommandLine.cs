using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json;
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
            AuditCommand.Create(),
            DataCommand.Create(),
            DemoCommand.Create(),
            DoctorCommand.Create(),
            EvaluateCommand.Create(),
            ModelCommand.Create(),
            OnlineCommand.Create(),
            RewardsCommand.Create(),
            ServeCommand.Create(),
            ToolsCommand.Create(),
            TrainCommand.Create(),
        };
        return root.WithExamples(
            "pixelis doctor",
            "pixelis model random --like qwen2.5-vl-tiny --out ./tiny",
            "pixelis ask --model ./tiny --image photo.jpg \"What is in the picture?\"",
            "pixelis tools run read_text --image receipt.jpg");
    }

    /// <summary>Runs a command line and returns its exit code (<see cref="ExitCodes"/>).</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        // A question may begin with @, and --arguments @FILE reads JSON: neither is a file of further options.
        ParseResult parsed = Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            return Refuse(parsed, args.Contains("--json", StringComparer.Ordinal), output, error);
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
            if (WantsJson(parsed))
                WriteJson(output, new OperationCanceledException("stopped"), ExitCodes.Interrupted);
            return ExitCodes.Interrupted;
        }
        catch (Exception problem)
        {
            ErrorText.Write(error, problem, parsed.GetValue(Verbose));
            int code = problem is UsageException ? ExitCodes.Usage : ExitCodes.Failure;
            if (WantsJson(parsed))
                WriteJson(output, problem, code);
            return code;
        }
    }

    private static int Refuse(ParseResult parsed, bool json, TextWriter output, TextWriter error)
    {
        foreach (string message in parsed.Errors.Select(problem => problem.Message).Distinct())
            error.WriteLine($"pixelis: {message}");
        error.WriteLine($"Try: {NameOf(parsed)} --help");
        if (json)
            WriteJson(output, new UsageException(parsed.Errors[0].Message), ExitCodes.Usage);
        return ExitCodes.Usage;
    }

    private static bool WantsJson(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<bool>>().FirstOrDefault(option => option.Name == "--json") is { } json && parsed.GetValue(json);

    // Whoever reads JSON gets JSON, whatever happened.
    private static void WriteJson(TextWriter output, Exception problem, int code)
    {
        string type = problem.GetType().Name;
        type = type.EndsWith("Exception", StringComparison.Ordinal) ? type[..^"Exception".Length] : type;
        var document = new ErrorDocument(new ErrorDetail(ErrorText.OneLine(problem), type, code));
        output.WriteLine(JsonSerializer.Serialize(document, CliJson.Default.ErrorDocument));
    }

    private static string NameOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, command.Command.Name);
        return string.Join(' ', names);
    }
}
