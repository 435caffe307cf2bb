using System.CommandLine;
using Pixelis.Cli.CommandLine;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis train</c>: what changes a model's weights.</summary>
internal static class TrainCommand
{
    public static Command Create() =>
        new Command("train", "Trains a model")
        {
            TrainSftCommand.Create(),
            TrainRftCommand.Create(),
            TrainTtrlCommand.Create(),
        }
        .WithExamples(
            "pixelis train sft --model ./tiny --data traces.jsonl --out ./run --steps 500",
            "pixelis train rft --model ./run/best --data pixelbench --out ./run2 --steps 100 --lr 1e-5",
            "pixelis train ttrl --model ./run2/best --requests stream.jsonl --out ./online");
}
