using System.CommandLine;
using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis tools</c>: the visual tools, without a model.</summary>
internal static class ToolsCommand
{
    public static Command Create() =>
        new Command("tools", "Lists, runs and scores the tools a model may call")
        {
            ToolsListCommand.Create(),
            ToolsRunCommand.Create(),
            ToolsScoreCommand.Create(),
        }
        .WithExamples("pixelis tools list", "pixelis tools run read_text --image receipt.jpg", "pixelis tools score --data ./real");
}
