using System.Globalization;
using Pixelis.Data.Drawing;
using Pixelis.Data.Grounding;
using Pixelis.Data.PixelBench;
using Pixelis.Generation;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Data;

/// <summary>
/// Pictures with questions that need no tool: what is where, how places are written, single letters, words, counts. Drawn by the code that
/// draws PixelBench's scenes, from seeds that no PixelBench scene has. Several questions about one picture make one conversation.
/// Thread-safe; nothing is kept between calls.
/// </summary>
public sealed class GroundingGenerator
{
    private const int FirstFamily = 16; // families of seeds above those of PixelBench

    private readonly GroundingOptions _options;

    /// <summary>Makes a generator.</summary>
    /// <param name="options">Which scenes; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public GroundingGenerator(GroundingOptions? options = null)
    {
        _options = options ?? new GroundingOptions();
        _options.Validate();
    }

    /// <summary>Conversation number <paramref name="index"/>: tasks take turns, then difficulties.</summary>
    /// <param name="index">From 0.</param>
    public TrainingTrace Create(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        int tasks = _options.Tasks.Count, difficulties = _options.Difficulties.Count;
        return Create(_options.Tasks[(int)(index % tasks)], _options.Difficulties[(int)(index / tasks % difficulties)], index);
    }

    /// <summary>A conversation of a task and difficulty.</summary>
    /// <param name="task">The task.</param>
    /// <param name="difficulty">1 to 3.</param>
    /// <param name="index">From 0.</param>
    public TrainingTrace Create(GroundingTask task, int difficulty, long index)
    {
        ulong seed = SceneSeed.Of(_options.Split, FirstFamily + (int)task, difficulty, shifted: false, _options.Stream, index);
        GroundingScene scene = Draw(task, new SceneRandom(seed), difficulty);
        string name = DataNames.Of(task), split = DataNames.Of(_options.Split);
        var example = new Example
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"grounding-{split}-{name}-{difficulty}-{_options.Stream}-{index:000000}"),
            Question = scene.Questions[0].Question,
            Answer = scene.Questions[^1].Answer,
            Media = [scene.Media],
            Family = name,
            Difficulty = difficulty,
            Split = split,
            Seed = seed,
            License = PixelBenchGenerator.License,
            Provenance = PixelBenchGenerator.Version + " grounding",
            Truth = scene.Truth,
        };
        return new TrainingTrace
        {
            Example = example,
            Trajectory = Conversation(example, scene),
            Loss = [.. scene.Questions.Select(_ => true)],
            Provenance = example.Provenance,
            License = example.License,
        };
    }

    private GroundingScene Draw(GroundingTask task, SceneRandom random, int difficulty) => task switch
    {
        GroundingTask.Grid or GroundingTask.Describe or GroundingTask.Point => StillGrounding.Draw(random, task, difficulty, _options),
        GroundingTask.Glyph or GroundingTask.Dots => CropGrounding.Engraved(random, task, difficulty),
        GroundingTask.Word => CropGrounding.Word(random),
        GroundingTask.Frames => CropGrounding.Frames(random, difficulty, _options.Questions),
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, "Unknown task."),
    };

    private Trajectory Conversation(Example example, GroundingScene scene)
    {
        ExampleMedia media = example.Media[0];
        SeenSize seen = media.Image is { } image ? _options.Budget.Of(image) : _options.Budget.Of(media.Clip!);
        var visual = new NumberedVisual { Number = 1, Image = media.Image, Clip = media.Clip, SeenWidth = seen.Width, SeenHeight = seen.Height, Origin = "question" };
        var turns = new List<TrajectoryTurn>();
        foreach ((string question, string answer) in scene.Questions)
        {
            turns.Add(new TrajectoryTurn { Role = Role.User, Text = question, InputNumbers = turns.Count == 0 ? [1] : [] });
            turns.Add(new TrajectoryTurn { Role = Role.Assistant, Text = answer });
        }
        return new Trajectory
        {
            Id = example.Id,
            Model = "pixelis-demonstrator",
            Question = example.Question,
            Inputs =
            [
                new TrajectoryInput
                {
                    Number = 1, Hash = (media.Image ?? media.Clip!.Frames[0].Image).ContentHash, Width = media.Width, Height = media.Height,
                    SeenWidth = seen.Width, SeenHeight = seen.Height, FrameCount = media.FrameCount, Origin = "question",
                },
            ],
            Turns = turns,
            Answer = example.Answer,
            EndReason = EndReason.Answered,
            Media = [visual],
        };
    }
}
