using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Data;
using Pixelis.Data;
using Pixelis.Imaging;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis data generate</c>: scenes with exact ground truth.</summary>
internal static class DataGenerateCommand
{
    private static readonly Argument<string> What = new("WHAT") { Description = "pixelbench (questions that need tools) or grounding (what is where, no tools)" };
    private static readonly Option<string> Split = new("--split") { Description = "Part of the seeds: train, validation or test", HelpName = "PART", DefaultValueFactory = _ => "train" };
    private static readonly Option<int> Count = new("--count", "-n") { Description = "How many", HelpName = "N", DefaultValueFactory = _ => 600 };
    private static readonly Option<string?> Out = new("--out", "-o") { Description = "Folder for SPLIT.jsonl and media", HelpName = "FOLDER" };
    private static readonly Option<string?> Families = new("--families", "--tasks") { Description = "Only these, by comma (default all)", HelpName = "NAMES" };
    private static readonly Option<string?> Difficulty = new("--difficulty") { Description = "Only these of 1,2,3", HelpName = "LIST" };
    private static readonly Option<int> Stream = new("--stream") { Description = "Another sequence of scenes, 0 to 65535", HelpName = "N" };
    private static readonly Option<string?> Sheet = new("--sheet") { Description = "Picture of one example of each family and difficulty", HelpName = "FILE" };
    private static readonly Option<bool> Check = new("--check") { Description = "Count pictures that two scenes share, and let the demonstrator answer with tools" };
    private static readonly Option<int?> Answers = new("--answers") { Description = "With --check, scenes that the demonstrator answers: the first N (default all)", HelpName = "N" };

    public static Command Create()
    {
        var command = new Command("generate", "Draws scenes with questions and exact ground truth") { What, Split, Count, Out, Families, Difficulty, ShiftOptions.Shifted, ShiftOptions.Only, Stream, Sheet, Check, Answers };
        command.SetAction((parsed, cancellation) => Task.Run(() => RunAsync(parsed, cancellation), CancellationToken.None));
        return command
            .WithExamples(
                "pixelis data generate pixelbench --split test --count 600 --out ./bench",
                "pixelis data generate pixelbench --families spot,read --shifted --count 12 --sheet sheet.png",
                "pixelis data generate pixelbench --split validation --count 600 --check",
                "pixelis data generate pixelbench --split test --count 10000 --check --answers 600",
                "pixelis data generate grounding --count 1000 --out ./grounding")
            .WithNote("The same options give the same pixels on every machine. Training can draw scenes as it goes and needs no files.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        int count = parsed.GetValue(Count);
        if (count < 1)
            throw new UsageException($"--count must be at least 1, not {count}.");
        if (parsed.GetValue(Out) is null && parsed.GetValue(Sheet) is null && !parsed.GetValue(Check))
            throw new UsageException("Say what to do with the scenes: --out FOLDER, --sheet FILE or --check.");
        if (parsed.GetValue(Answers) is { } answers && (answers < 0 || !parsed.GetValue(Check)))
            throw new UsageException(answers < 0 ? $"--answers must be at least 0, not {answers}." : "--answers has no meaning without --check.");
        TextWriter output = parsed.InvocationConfiguration.Output;
        string what = parsed.GetRequiredValue(What);
        switch (what)
        {
            case "pixelbench":
                await PixelBenchAsync(parsed, count, output, cancellation);
                return ExitCodes.Success;
            case "grounding":
                Grounding(parsed, count, output, cancellation);
                return ExitCodes.Success;
            default:
                throw new UsageException($"WHAT must be pixelbench or grounding, not '{what}'.");
        }
    }

    private static async Task PixelBenchAsync(ParseResult parsed, int count, TextWriter output, CancellationToken cancellation)
    {
        var options = new PixelBenchOptions
        {
            Split = DataNames.One<PixelBenchSplit>("--split", parsed.GetValue(Split)!),
            Families = DataNames.Read<PixelBenchFamily>("--families", parsed.GetValue(Families)),
            Difficulties = DataNames.Difficulties(parsed.GetValue(Difficulty)),
            Shift = ShiftOptions.Read(parsed),
            Stream = parsed.GetValue(Stream),
        };
        var generator = new PixelBenchGenerator(options);
        if (parsed.GetValue(Out) is { } folder)
        {
            string name = options.Split.ToString().ToLowerInvariant();
            long written = PixelBenchWriter.Write(folder, name, Enumerable.Range(0, count).Select(i => generator.Create(i)), null, cancellation);
            output.WriteLine($"{written} examples in {Path.Combine(folder, name + ".jsonl")}");
        }
        if (parsed.GetValue(Sheet) is { } sheet)
        {
            var shown = options.Families.SelectMany(f => options.Difficulties.Select(d => generator.Create(f, d, 0))).ToList();
            SaveSheet(sheet, shown, options.Difficulties.Count, output);
        }
        if (parsed.GetValue(Check))
            await new PixelBenchCheck(generator, output, parsed.InvocationConfiguration.Error).RunAsync(count, parsed.GetValue(Answers) ?? count, cancellation);
    }

    private static void Grounding(ParseResult parsed, int count, TextWriter output, CancellationToken cancellation)
    {
        if (Array.Find<Option>([ShiftOptions.Shifted, ShiftOptions.Only, Check, Answers], o => parsed.GetResult(o) is { Implicit: false }) is { } given)
            throw new UsageException($"{given.Name} has no meaning for grounding, only for pixelbench.");
        var options = new GroundingOptions
        {
            Split = DataNames.One<PixelBenchSplit>("--split", parsed.GetValue(Split)!),
            Tasks = DataNames.Read<GroundingTask>("--tasks", parsed.GetValue(Families)),
            Difficulties = DataNames.Difficulties(parsed.GetValue(Difficulty)),
            Stream = parsed.GetValue(Stream),
        };
        var generator = new GroundingGenerator(options);
        if (parsed.GetValue(Out) is { } folder)
        {
            Directory.CreateDirectory(folder);
            string file = Path.Combine(folder, options.Split.ToString().ToLowerInvariant() + ".jsonl");
            TraceJsonLines.Write(file, Enumerable.Range(0, count).Select(i =>
            {
                cancellation.ThrowIfCancellationRequested();
                TrainingTrace trace = generator.Create(i);
                return trace with { Example = PixelBenchWriter.SaveMedia(trace.Example, folder) };
            }));
            output.WriteLine($"{count} conversations in {file}");
        }
        if (parsed.GetValue(Sheet) is { } sheet)
            SaveSheet(sheet, [.. Enumerable.Range(0, options.Tasks.Count * options.Difficulties.Count).Select(i => generator.Create(i).Example)], options.Tasks.Count, output);
    }

    private static void SaveSheet(string path, IReadOnlyList<Example> shown, int columns, TextWriter output)
    {
        OutputPath.Check(path);
        ImageFile.Save(ContactSheet.Draw(shown, columns, 448), path);
        output.WriteLine($"{shown.Count} examples on {path}");
    }
}
