using Pixelis.Data;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>
/// What comes before tools, and goes on beside them. Each lesson asks for much of one picture, since what a model learns of a picture is
/// what it must say of it. Pure functions of a number; thread-safe.
/// </summary>
internal sealed class Lessons
{
    private readonly PlaceLessons _places;
    private readonly DrawingLessons _drawings;
    private readonly ToolTextLessons _toolTexts;
    private readonly WholeTextLessons _wholeTexts;
    private readonly AnyTextLessons _anyTexts;
    private readonly RecallLessons _recall = new();

    /// <param name="stream">Lessons of different streams share no scene, 0 to 65,535.</param>
    public Lessons(int stream)
    {
        Stream = stream;
        var scenes = new PixelBenchGenerator(new PixelBenchOptions { Stream = stream });
        _places = new PlaceLessons(scenes);
        _drawings = new DrawingLessons(scenes);
        _toolTexts = new ToolTextLessons();
        _wholeTexts = new WholeTextLessons(scenes);
        _anyTexts = new AnyTextLessons(scenes);
    }

    public int Stream { get; }

    /// <summary>A lesson of a kind.</summary>
    public SftExample Get(LessonKind kind, long number)
    {
        var random = new LessonRandom(number, Stream);
        return kind switch
        {
            LessonKind.Grid => _places.Grid(random),
            LessonKind.Where => _places.Where(random),
            LessonKind.Frames => _places.Frames(random),
            LessonKind.DrawLetters => _drawings.Letters(random),
            LessonKind.DrawDots => _drawings.Dots(random),
            LessonKind.NameLetters => _drawings.NamesOfLetters(random),
            LessonKind.CountDots => _drawings.NumbersOfDots(random),
            LessonKind.ToolTexts => _toolTexts.Get(random),
            LessonKind.WholeTexts => _wholeTexts.Get(random),
            LessonKind.AnyTexts => _anyTexts.Get(random),
            LessonKind.RecallPlaces => _recall.Places(random),
            LessonKind.Copies => _recall.Copies(random),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown lesson."),
        };
    }
}
