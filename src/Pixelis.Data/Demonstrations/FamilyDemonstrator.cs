using System.Globalization;
using Pixelis.Data.Drawing;

namespace Pixelis.Data.Demonstrations;

/// <summary>
/// How a task of one family is done with tools: where to look, what the evidence says. Turns are short, and places are coarse, so that a
/// small model can learn to write them. Stateless.
/// </summary>
internal abstract class FamilyDemonstrator
{
    /// <summary>What the answer is when the evidence is not there.</summary>
    public const string Unknown = "unknown";

    /// <summary>The turns that call the right tools, each with the thought before it.</summary>
    /// <param name="example">The task.</param>
    /// <param name="correction">What the first thought begins with, when a wrong turn came before; may be empty.</param>
    public abstract IReadOnlyList<DemonstrationStep> Look(Example example, string correction = "");

    /// <summary>A wrong action that can really be run.</summary>
    /// <param name="example">The task.</param>
    /// <param name="kind">Self-correction: an action that fails or shows nothing. Perceptual: a near miss or a look-alike.</param>
    /// <param name="random">Chooses among wrong actions.</param>
    public abstract Detour Detour(Example example, TraceKind kind, SceneRandom random);

    /// <summary>An answer of the family's vocabulary that is not right.</summary>
    public abstract string WrongAnswer(Example example, SceneRandom random);

    /// <summary>The answer that the observations support; <see cref="Unknown"/> when they hold no evidence.</summary>
    public abstract string ReadEvidence(DemonstrationState state);

    /// <summary>The thought before the answer.</summary>
    public abstract string Conclude(DemonstrationState state, string answer);

    /// <summary>The last turn.</summary>
    public DemonstrationStep Answer() => new(state =>
    {
        string answer = ReadEvidence(state);
        return Boxed(Conclude(state, answer), answer);
    });

    /// <summary>The straight way: look, then answer.</summary>
    public Demonstration Positive(Example example) => new(TraceKind.Positive, [.. Look(example), Answer()]);

    /// <summary>A correction and the thought that follows it.</summary>
    internal static string Joined(string correction, string thought) => correction.Length == 0 ? thought : $"{correction} {thought}";

    /// <summary>The letters of a vocabulary that are not the answer.</summary>
    internal static string OtherLetter(Example example, SceneRandom random) =>
        random.Pick([.. PixelBench.Letters.All.Select(c => c.ToString()).Where(c => c != example.Answer)]);

    internal static string Boxed(string thought, string answer) => $"{thought}\n\\boxed{{{answer}}}";

    /// <summary>A turn that ends in calls.</summary>
    internal static string Call(string thought, params ReadOnlySpan<string> calls)
    {
        var text = new System.Text.StringBuilder(thought);
        foreach (string call in calls)
            text.Append("\n<tool_call>\n").Append(call).Append("\n</tool_call>");
        return text.ToString();
    }

    /// <summary>A call as the model writes it.</summary>
    internal static string Json(string tool, string arguments) => $"{{\"name\": \"{tool}\", \"arguments\": {{{arguments}}}}}";

    internal static TruthObject Target(Example example) =>
        example.Truth.FirstOrDefault(t => t.IsTarget) ?? throw new PixelisException($"{example.Id}: the truth names no target; a demonstration needs one.");

    /// <summary>Numbers as a JSON list of whole numbers.</summary>
    internal static string List(params ReadOnlySpan<double> numbers)
    {
        var texts = new string[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
            texts[i] = Math.Round(numbers[i]).ToString("0", CultureInfo.InvariantCulture);
        return $"[{string.Join(", ", texts)}]";
    }
}
