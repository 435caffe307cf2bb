using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>Families whose evidence lies in the cell of the named object: one tool is called with that cell as its box.</summary>
internal abstract class CellDemonstrator(string tool) : FamilyDemonstrator
{
    public sealed override IReadOnlyList<DemonstrationStep> Look(Example example, string correction = "")
    {
        TruthObject target = Target(example);
        int cell = CellGrid.Of(target);
        return [new(state => CallOn(state, Joined(correction, $"The {target.Label} is in {CellGrid.Name(cell)}."), CellGrid.Box(cell)))];
    }

    public sealed override Detour Detour(Example example, TraceKind kind, SceneRandom random)
    {
        (PixelBox box, string thought, string correction) = CellDetours.Draw(example, kind, random);
        return new Detour(state => CallOn(state, thought, box), correction);
    }

    private string CallOn(DemonstrationState state, string thought, PixelBox box) =>
        Call(thought, Json(tool, $"\"bbox_2d\": {SeenPlaces.Box(state, box)}"));
}
