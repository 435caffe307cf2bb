using Spectre.Console;

namespace Pixelis.Cli.CommandLine;

/// <summary>Colour and progress where a person looks on, plain text where a program reads.</summary>
internal static class Terminal
{
    /// <summary>A console over a writer: with colour only when that writer is a terminal.</summary>
    public static IAnsiConsole For(TextWriter writer)
    {
        bool interactive = (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected)
            || (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!interactive)
            console.Profile.Width = 10_000; // a program that reads wants lines as they are
        return console;
    }
}
