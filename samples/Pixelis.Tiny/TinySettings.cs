using System.Globalization;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>Settings of the recipe; the defaults are those of the shipped checkpoint.</summary>
internal sealed record TinySettings
{
    public string Folder { get; init; } = "artifacts/pixelis-tiny";

    public int Seed { get; init; } = 1;

    public int Steps { get; init; } = 5000;

    public int BatchSize { get; init; } = 16;

    public double LearningRate { get; init; } = 8e-4;

    /// <summary>Episodes of each of the slower tools that are made once and kept.</summary>
    public int EpisodesKept { get; init; } = 1200;

    /// <summary>Validation scenes the agent is run on at each evaluation.</summary>
    public int Scenes { get; init; } = 90;

    public int EvaluateEvery { get; init; } = 1000;

    public bool Float32 { get; init; }

    /// <summary>Whether the same scenes are learnt without tools: the baseline.</summary>
    public bool NoTools { get; init; }

    /// <summary>A model folder to go on from, with the recipe's last mixture of lessons and episodes; null to begin from nothing.</summary>
    public string? Begin { get; init; }

    /// <summary>Share of episodes, when going on, that answer at once without looking closer: how a model comes to avoid its tools.</summary>
    public double DirectShare { get; init; }

    /// <summary>Name of the run's folder; <c>run-SEED</c> when not given.</summary>
    public string? Run { get; init; }

    /// <summary>Chooses lessons and episodes: what is gone on with is not what was learnt before.</summary>
    public int Stream => Begin is null ? Seed : Seed + 1000;

    public string RunFolder => Path.Combine(Folder, Run ?? string.Create(CultureInfo.InvariantCulture, $"run-{Seed}"));

    public string PoolFile => Path.Combine(Folder, "episodes.jsonl");

    public string ModelFolder => Begin ?? Path.Combine(Folder, "model");

    /// <summary>Reads <c>--name value</c> pairs.</summary>
    public static TinySettings Read(string[] args)
    {
        var settings = new TinySettings();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] is "--float32" or "--no-tools")
            {
                settings = args[i] == "--float32" ? settings with { Float32 = true } : settings with { NoTools = true };
                continue;
            }
            string value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value.");
            settings = args[i++] switch
            {
                "--out" => settings with { Folder = value },
                "--seed" => settings with { Seed = Number(value) },
                "--steps" => settings with { Steps = Number(value) },
                "--batch" => settings with { BatchSize = Number(value) },
                "--rate" => settings with { LearningRate = double.Parse(value, CultureInfo.InvariantCulture) },
                "--episodes" => settings with { EpisodesKept = Number(value) },
                "--scenes" => settings with { Scenes = Number(value) },
                "--evaluate" => settings with { EvaluateEvery = Number(value) },
                "--begin" => settings with { Begin = Path.GetFullPath(value) },
                "--direct" => settings with { DirectShare = double.Parse(value, CultureInfo.InvariantCulture) },
                "--run" => settings with { Run = value },
                var unknown => throw new ArgumentException($"There is no option {unknown}; expected --out, --seed, --steps, --batch, --rate, --episodes, --scenes, --evaluate, --begin, --direct, --run, --float32 or --no-tools."),
            };
        }
        return settings with { Folder = Path.GetFullPath(settings.Folder) };
    }

    /// <summary>The last part of the recipe: the trained model goes on for a while, with pictures that are no scenes among the others.</summary>
    public TinySettings Finishing()
    {
        int steps = Math.Max(1, Steps / 8);
        return this with { Begin = Path.Combine(RunFolder, "best"), Run = Path.GetFileName(RunFolder) + "-finished", Steps = steps, EvaluateEvery = steps, LearningRate = LearningRate / 2 };
    }

    public SftOptions ToOptions() => new()
    {
        Steps = Steps,
        Autocast = !Float32,
        Data = new SftDataOptions { BatchSize = BatchSize, MaxTokens = 1024, Packing = true, SkipsBadExamples = false },
        Optimization = new OptimizationOptions { LearningRate = LearningRate, WarmUp = 0.03, WeightDecay = 0.05, Beta2 = 0.98, AverageDecay = 0.995 },
        Evaluation = new EvaluationOptions { Every = EvaluateEvery },
        Checkpoints = new CheckpointOptions { Folder = RunFolder, Every = 250 },
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
