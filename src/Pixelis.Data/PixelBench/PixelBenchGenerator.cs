using System.Globalization;
using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;

namespace Pixelis.Data;

/// <summary>
/// PixelBench: generated scenes whose questions cannot be answered from what a model first sees, with exact ground truth. A still is
/// 448 x 448 pixels and meant to be seen at 112 x 112; a clip's frames are 112 x 112 and meant to be seen at 56 x 56. Scenes are drawn
/// in whole numbers from a seed, the same on every machine. Thread-safe; nothing is kept between calls.
/// </summary>
public sealed class PixelBenchGenerator : IExampleSource
{
    /// <summary>Name and version that examples carry as provenance. A change of any pixel or text changes it.</summary>
    public const string Version = "pixelbench/2";

    /// <summary>Licence of all that is generated.</summary>
    public const string License = "Apache-2.0";

    private readonly PixelBenchOptions _options;
    private readonly string _shift;

    /// <summary>Makes a generator.</summary>
    /// <param name="options">Which scenes; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public PixelBenchGenerator(PixelBenchOptions? options = null)
    {
        _options = options ?? new PixelBenchOptions();
        _options.Validate();
        _shift = _options.ShiftName;
    }

    /// <inheritdoc />
    public string Name => $"pixelbench {DataNames.Of(_options.Split)}{(_shift.Length > 0 ? " " + _shift : "")}";

    /// <inheritdoc />
    public string Fingerprint => FormattableString.Invariant(
        $"{Version} {Name} stream {_options.Stream}, {string.Join(" ", _options.Families.Select(DataNames.Of))} of difficulty {string.Join(" ", _options.Difficulties)}");

    /// <summary>Null: scenes are drawn on demand.</summary>
    public long? Count => null;

    /// <summary>Scene number <paramref name="index"/>: families take turns, then difficulties.</summary>
    /// <param name="index">From 0 to about 2 to the 38th.</param>
    public Example Create(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        int families = _options.Families.Count, difficulties = _options.Difficulties.Count;
        PixelBenchFamily family = _options.Families[(int)(index % families)];
        int difficulty = _options.Difficulties[(int)(index / families % difficulties)];
        return Create(family, difficulty, index / families / difficulties);
    }

    /// <summary>A scene of a family and difficulty.</summary>
    /// <param name="family">The family.</param>
    /// <param name="difficulty">1 to 3.</param>
    /// <param name="index">Number within family and difficulty, from 0.</param>
    public Example Create(PixelBenchFamily family, int difficulty, long index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(difficulty, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(difficulty, 3);
        ulong seed = SceneSeed.Of(_options.Split, (int)family, difficulty, _options.Shift != PixelBenchShift.None, _options.Stream, index);
        SceneDraft draft = FamilyOf(family).Draw(new SceneRandom(seed), difficulty, _options.Shift);
        string name = DataNames.Of(family);
        return new Example
        {
            Id = string.Create(CultureInfo.InvariantCulture,
                $"pixelbench-{DataNames.Of(_options.Split)}-{(_shift.Length > 0 ? _shift + "-" : "")}{name}-{difficulty}-{_options.Stream}-{index:000000}"),
            Question = draft.Question,
            Answer = draft.Answer,
            Media = [draft.Media],
            Family = name,
            Difficulty = difficulty,
            Split = DataNames.Of(_options.Split),
            Seed = seed,
            License = License,
            Provenance = _shift.Length > 0 ? $"{Version} {_shift}" : Version,
            Truth = draft.Truth,
        };
    }

    /// <inheritdoc />
    public ValueTask<Example> GetAsync(long index, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Create(index));
    }

    /// <summary>The split that a scene's seed was drawn for.</summary>
    public static PixelBenchSplit SplitOf(ulong seed) => SceneSeed.SplitOf(seed);

    private static ISceneFamily FamilyOf(PixelBenchFamily family) => family switch
    {
        PixelBenchFamily.Spot => new SpotFamily(),
        PixelBenchFamily.Read => new ReadFamily(),
        PixelBenchFamily.Compare => new CompareFamily(),
        PixelBenchFamily.Track => new TrackFamily(),
        PixelBenchFamily.Frame => new FrameFamily(),
        PixelBenchFamily.Count => new CountFamily(),
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "Unknown family."),
    };
}
