namespace Pixelis.Models.Sam;

/// <summary>
/// Prompts for one embedding, all of one form: each has the same number of points, and either all have a box or none. Places are
/// pixels of the model's square input.
/// </summary>
/// <param name="Count">Prompts.</param>
/// <param name="Points"><c>Count x points x (x, y)</c>; empty for none.</param>
/// <param name="Labels"><c>Count x points</c>: 1 belongs to the object, 0 does not, -1 is no point.</param>
/// <param name="Boxes"><c>Count x (left, top, right, bottom)</c>, or null.</param>
/// <param name="Mask">A rough mask as logits, <c>4 grid x 4 grid</c>, for every prompt; or null.</param>
internal sealed record SamPrompts(int Count, float[] Points, int[] Labels, float[]? Boxes = null, float[]? Mask = null);
