using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Demonstrations;

/// <summary>read: READ_TEXT on the cell of the named sign; the answer is what the tool read.</summary>
internal sealed class ReadDemonstrator() : CellDemonstrator("READ_TEXT")
{
    public override string WrongAnswer(Example example, SceneRandom random) =>
        random.Pick([.. example.Truth.Select(t => t.Text!).Concat(SignWords.Words).Where(t => t != example.Answer)]);

    public override string ReadEvidence(DemonstrationState state)
    {
        int start = state.LastObservation.IndexOf(":\n", StringComparison.Ordinal);
        string text = start < 0 ? "" : state.LastObservation[(start + 2)..].Trim();
        return text.Length == 0 ? Unknown : text;
    }

    public override string Conclude(DemonstrationState state, string answer) => $"It says {answer}.";
}
