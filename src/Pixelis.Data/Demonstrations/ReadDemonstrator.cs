using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>read: READ_TEXT on the cell of the named sign; the answer is what the tool read.</summary>
internal sealed class ReadDemonstrator : FamilyDemonstrator
{
    public override IReadOnlyList<DemonstrationStep> Look(Example example, string correction = "")
    {
        TruthObject target = Target(example);
        int cell = SeenPlaces.CellOf(target);
        return [new(state => Read(state, Joined(correction, $"The {target.Label} is in {CellGrid.Name(cell)}."), CellGrid.Box(cell)))];
    }

    public override Detour Detour(Example example, TraceKind kind, SceneRandom random)
    {
        (PixelBox box, string thought, string correction) = CellDetours.Draw(example, kind, random);
        return new Detour(state => Read(state, thought, box), correction);
    }

    public override string WrongAnswer(Example example, SceneRandom random) =>
        random.Pick([.. example.Truth.Select(t => t.Text!).Concat(SignWords.Words).Where(t => t != example.Answer)]);

    private static string Read(DemonstrationState state, string thought, PixelBox box) =>
        Call(thought, Json("READ_TEXT", $"\"bbox_2d\": {SeenPlaces.Box(state, box)}"));

    public override string ReadEvidence(DemonstrationState state)
    {
        int start = state.LastObservation.IndexOf(":\n", StringComparison.Ordinal);
        string text = start < 0 ? "" : state.LastObservation[(start + 2)..].Trim();
        return text.Length == 0 ? Unknown : text;
    }

    public override string Conclude(DemonstrationState state, string answer) => $"It says {answer}.";
}
