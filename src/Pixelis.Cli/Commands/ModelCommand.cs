using System.CommandLine;
using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis model</c>: what can be done with model folders.</summary>
internal static class ModelCommand
{
    public static Command Create() =>
        new Command("model", "Inspects and makes model folders")
        {
            ModelInspectCommand.Create(),
            ModelRandomCommand.Create(),
            ModelRanksCommand.Create(),
            ModelMergeCommand.Create(),
        }
        .WithExamples("pixelis model inspect ./Qwen2.5-VL-3B-Instruct", "pixelis model random --like qwen2.5-vl-tiny --out ./tiny");
}
