using System.Globalization;
using System.Text.RegularExpressions;
using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>compare: segment each shape, measure each area, name the largest. The answer follows from the tools' numbers.</summary>
internal sealed partial class CompareDemonstrator : FamilyDemonstrator
{
    public override IReadOnlyList<DemonstrationStep> Look(Example example, string correction = "") =>
        [new(state => Segment(state, Joined(correction, Where(example)))), new(_ => Measure(example))];

    // Measuring what was not segmented fails; measuring boxes gives the boxes' areas, which are all alike.
    public override Detour Detour(Example example, TraceKind kind, SceneRandom random) => kind == TraceKind.SelfCorrection
        ? new Detour(_ => Measure(example), "They must be segmented first.")
        : new Detour(state => Call("Measure the cells.", [.. example.Truth.Select(t => Json("GET_PROPERTIES",
            $"\"bbox_2d\": {SeenPlaces.Box(state, CellGrid.Box(CellGrid.Of(t)))}, \"properties\": [\"area\"]"))]), "Boxes are all alike.");

    public override string WrongAnswer(Example example, SceneRandom random) =>
        random.Pick([.. example.Truth.Select(t => t.Color!).Where(c => c != example.Answer)]);

    public static string Where(Example example) =>
        string.Join(" ", example.Truth.Select(t => $"{Capital(t.Color!)} in {CellGrid.Name(CellGrid.Of(t))}."));

    public static string Segment(DemonstrationState state, string thought) =>
        Call(thought, [.. state.Example.Truth.Select(t => Segment(state, CellGrid.Of(t)))]);

    public static string Segment(DemonstrationState state, int cell)
    {
        (int x, int y) = CellGrid.Center(cell);
        return Json("SEGMENT_OBJECT_AT", $"\"point_2d\": {SeenPlaces.Point(state, x, y)}");
    }

    public static string Measure(Example example)
    {
        string names = string.Join(", ", example.Truth.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"\"obj{i + 1}\"")));
        return Call("Measure them.", Json("GET_PROPERTIES", $"\"objects\": [{names}], \"properties\": [\"area\"]"));
    }

    public override string ReadEvidence(DemonstrationState state)
    {
        long[] areas = Areas(state);
        return areas.Length == state.Example.Truth.Count ? state.Example.Truth[Array.IndexOf(areas, areas.Max())].Color! : Unknown;
    }

    public override string Conclude(DemonstrationState state, string answer)
    {
        string numbers = string.Join(", ", Areas(state).Zip(state.Example.Truth, (area, t) => $"{t.Color} {area.ToString(CultureInfo.InvariantCulture)}"));
        return $"{Capital(numbers)}: {answer} is {(state.Example.Truth.Count > 2 ? "largest" : "larger")}.";
    }

    private static long[] Areas(DemonstrationState state) =>
        [.. AreaText().Matches(state.LastObservation).Select(m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@": (\d+) pixels")]
    private static partial Regex AreaText();
}
