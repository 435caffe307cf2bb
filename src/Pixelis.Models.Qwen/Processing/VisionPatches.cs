using Pixelis.Modeling;

namespace Pixelis.Models.Qwen.Processing;

/// <summary>One image or video as the vision tower takes it.</summary>
/// <param name="Values">The normalised patches one after the other, <c>float32 [Grid.PatchCount, PatchLength]</c>.</param>
/// <param name="Grid">Temporal patches, rows and columns of patches, before merging.</param>
/// <param name="PatchLength">Numbers a patch; 1176 for released models.</param>
public sealed record VisionPatches(float[] Values, VisionGrid Grid, int PatchLength);
