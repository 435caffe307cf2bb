namespace Pixelis.Models.Qwen.RandomModels;

/// <summary>The added tokens of Qwen2.5-VL, in the order of their ids.</summary>
internal static class QwenAddedTokens
{
    public const string EndOfText = "<|endoftext|>";
    public const string TurnStart = "<|im_start|>";
    public const string TurnEnd = "<|im_end|>";
    public const string VisionStart = "<|vision_start|>";
    public const string VisionEnd = "<|vision_end|>";
    public const string VisionPad = "<|vision_pad|>";
    public const string ImagePad = "<|image_pad|>";
    public const string VideoPad = "<|video_pad|>";

    /// <summary>Text, and whether it is a control token that is no part of an answer.</summary>
    public static IReadOnlyList<(string Text, bool IsSpecial)> All { get; } =
    [
        (EndOfText, true), (TurnStart, true), (TurnEnd, true),
        ("<|object_ref_start|>", true), ("<|object_ref_end|>", true), ("<|box_start|>", true), ("<|box_end|>", true),
        ("<|quad_start|>", true), ("<|quad_end|>", true),
        (VisionStart, true), (VisionEnd, true), (VisionPad, true), (ImagePad, true), (VideoPad, true),
        ("<tool_call>", false), ("</tool_call>", false),
        ("<|fim_prefix|>", false), ("<|fim_middle|>", false), ("<|fim_suffix|>", false), ("<|fim_pad|>", false),
        ("<|repo_name|>", false), ("<|file_sep|>", false),
    ];

    /// <summary>The id of an added token in a vocabulary whose base holds <paramref name="baseSize"/> tokens.</summary>
    public static int IdOf(string text, int baseSize)
    {
        for (int index = 0; index < All.Count; index++)
        {
            if (All[index].Text == text)
                return baseSize + index;
        }
        throw new ArgumentException($"'{text}' is no added token.", nameof(text));
    }
}
