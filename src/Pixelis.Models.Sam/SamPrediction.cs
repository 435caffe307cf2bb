namespace Pixelis.Models.Sam;

/// <summary>What the decoder says of prompts.</summary>
/// <param name="MaskCount">Masks a prompt: the single one, then the multimask ones.</param>
/// <param name="Side">Side of a mask.</param>
/// <param name="Logits">Prompt by prompt, mask by mask, row by row.</param>
/// <param name="Quality">Predicted intersection over union, prompt by prompt, mask by mask.</param>
internal sealed record SamPrediction(int MaskCount, int Side, float[] Logits, float[] Quality)
{
    /// <summary>The logits of one mask.</summary>
    public ReadOnlySpan<float> Mask(int prompt, int mask) => Logits.AsSpan((prompt * MaskCount + mask) * Side * Side, Side * Side);

    /// <summary>How good one mask is said to be; not bounded.</summary>
    public float QualityOf(int prompt, int mask) => Quality[prompt * MaskCount + mask];
}
