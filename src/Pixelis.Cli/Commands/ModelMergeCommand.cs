using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Models;
using Pixelis.Models.Qwen;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis model merge</c>: a model folder of a model and a LoRA adapter.</summary>
internal static class ModelMergeCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model", "-m") { Description = "Model folder that the adapter was trained on", Required = true, HelpName = "FOLDER" };
        var adapter = new Option<string>("--adapter", "-a") { Description = "Folder of the adapter, in PEFT's form", Required = true, HelpName = "FOLDER" };
        var folder = new Option<string>("--out", "-o") { Description = "Folder to make; must not exist or be empty", Required = true, HelpName = "FOLDER" };
        Option<WeightType?> type = CommonOptions.WeightType("Type of the stored weights (default the model's own; f32 keeps a small change exactly)");
        var command = new Command("merge", "Adds a LoRA adapter to the weights of its model, and writes a model folder") { model, adapter, folder, type };
        command.SetAction((parsed, cancellation) =>
        {
            if (string.IsNullOrWhiteSpace(parsed.GetRequiredValue(folder)))
                throw new UsageException("--out is empty; it names the folder to make.");
            return Task.Run(
                () => Run(
                    parsed.GetRequiredValue(model), parsed.GetRequiredValue(adapter), parsed.GetRequiredValue(folder), parsed.GetValue(type),
                    parsed.InvocationConfiguration.Output, cancellation),
                CancellationToken.None);
        });
        return command
            .WithExamples(
                "pixelis train rft --model ./base --data pixelbench --out ./run --lora-rank 16",
                "pixelis model merge --model ./base --adapter ./run/best --out ./merged",
                "pixelis evaluate --model ./merged --data pixelbench:test")
            .WithNote("The model's folder is not changed. A version that was learnt online is an adapter, too: its folder is VERSION/weights.");
    }

    private static int Run(string model, string adapter, string folder, WeightType? type, TextWriter output, CancellationToken cancellation)
    {
        if (!Directory.Exists(adapter))
            throw new ModelFormatException(adapter, "there is no such folder; expected one with adapter_config.json and adapter_model.safetensors");
        MergedModel.Write(folder, model, adapter, type?.ToScalarType(), cancellation);
        ModelSummary summary = ModelSummary.Read(folder);
        output.WriteLine($"{folder}: {Quantity.Count(summary.Parameters)} parameters, with {adapter} in them");
        return ExitCodes.Success;
    }
}
