using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>read: READ_TEXT on the cell of the named sign; the answer is what the tool read.</summary>
internal sealed class ReadDemonstrator : FamilyDemonstrator
{
    public override IReadOnlyList<DemonstrationStep> Look(Example example)
    {
        TruthObject target = Target(example);
        int cell = SeenPlaces.CellOf(target);
        return [new(state => Read(state, $"The {target.Label} is in {CellGrid.Name(cell)}.", cell))];
    }

    public static string Read(DemonstrationState state, string thought, int cell) =>
        Call(thought, Json("READ_TEXT", $"\"bbox_2d\": {SeenPlaces.Box(state, CellGrid.Box(cell))}"));

    public override string ReadEvidence(DemonstrationState state)
    {
        int start = state.LastObservation.IndexOf(":\n", StringComparison.Ordinal);
        string text = start < 0 ? "" : state.LastObservation[(start + 2)..].Trim();
        return text.Length == 0 ? Unknown : text;
    }

    public override string Conclude(DemonstrationState state, string answer) => $"It says {answer}.";
}
