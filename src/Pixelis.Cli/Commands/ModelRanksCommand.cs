using System.CommandLine;
using System.Globalization;
using Pixelis.Cli.CommandLine;
using Pixelis.Modeling;
using Pixelis.Training;
using TorchSharp;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis model ranks</c>: LoRA ranks from what a short full fine-tune changed.</summary>
internal static class ModelRanksCommand
{
    public static Command Create()
    {
        var before = new Option<string>("--before") { Description = "Model folder before the fine-tune", Required = true, HelpName = "FOLDER" };
        var after = new Option<string>("--after") { Description = "Model folder after it", Required = true, HelpName = "FOLDER" };
        var output = new Option<string>("--out", "-o") { Description = "File to write the ranks to", Required = true, HelpName = "FILE" };
        var energy = new Option<double>("--energy") { Description = "Share of each change's squared norm that the rank must hold", DefaultValueFactory = _ => 0.9 };
        var lowest = new Option<int>("--lowest") { Description = "Smallest rank", DefaultValueFactory = _ => 4 };
        var highest = new Option<int>("--highest") { Description = "Largest rank", DefaultValueFactory = _ => 128 };
        var targets = new Option<string?>("--targets") { Description = "Layers to look at, a pattern of whole paths (default the language model's)", HelpName = "REGEX" };
        var command = new Command("ranks", "Chooses LoRA ranks by singular values of what full fine-tuning changed") { before, after, output, energy, lowest, highest, targets };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => Run(
                parsed.GetRequiredValue(before), parsed.GetRequiredValue(after), parsed.GetRequiredValue(output),
                new RankOptions { Energy = parsed.GetValue(energy), Lowest = parsed.GetValue(lowest), Highest = parsed.GetValue(highest) },
                parsed.GetValue(targets) is { } pattern ? LoraTargets.Matching(pattern) : LoraTargets.LanguageModel,
                parsed.InvocationConfiguration.Output, cancellation),
            CancellationToken.None));
        return command
            .WithExamples(
                "pixelis train sft --model ./base --data traces.jsonl --out ./short --steps 100",
                "pixelis model ranks --before ./base --after ./short/last --out ranks.json",
                "pixelis train sft --model ./base --data traces.jsonl --out ./run --ranks ranks.json")
            .WithNote("Each kind of layer gets the median rank of its layers; 'needed' above the largest rank means that it does not hold the wanted share.");
    }

    private static int Run(string before, string after, string output, RankOptions options, LoraTargets targets, TextWriter text, CancellationToken cancellation)
    {
        using var first = new WeightFolder(before);
        using var second = new WeightFolder(after);
        var analysis = new RankAnalysis(options);
        var ranks = new List<LayerRank>();
        const string weight = ".weight";
        foreach (string name in first.Names.Where(n => n.EndsWith(weight, StringComparison.Ordinal) && targets.Matches(n[..^weight.Length])).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = torch.NewDisposeScope();
            if (!second.Names.Contains(name))
                throw new ModelFormatException(after, $"tensor {name} is missing; {before} has it");
            if (analysis.Of(name[..^weight.Length], first.Read(name), second.Read(name)) is not { } rank)
                continue;
            ranks.Add(rank);
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rank.Layer,-48} rank {rank.Rank,3}  needed {rank.Needed,3}  holds {rank.HeldEnergy:P1}  norm {rank.Norm:G4}"));
        }

        if (ranks.Count == 0)
            throw new PixelisException($"No layer that the targets hit differs between {before} and {after}.");
        IReadOnlyDictionary<string, int> pattern = analysis.Pattern(ranks);
        RankFile.Write(output, pattern);
        text.WriteLine($"{output}: {string.Join(", ", pattern.Select(p => $"{p.Key} {p.Value}"))}");
        return ExitCodes.Success;
    }
}
