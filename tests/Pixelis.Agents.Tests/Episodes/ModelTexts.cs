using FsCheck;
using FsCheck.Fluent;

namespace Pixelis.Agents.Tests.Episodes;

/// <summary>Texts as models write them, well and badly.</summary>
internal static class ModelTexts
{
    private static readonly string[] Pieces =
    [
        "<tool_call>", "</tool_call>", "<tool_response>", "<think>", "</think>", "<answer>", "</answer>", "\\boxed{", "{\"name\":", "\"copy\"", ",\"arguments\":", "{", "}", "[",
        "]", "\"", "\\", "\\u", "\\ud800", "\"\\udc00\"", "NaN", "1e308", "-0", "1E+400", "\0", "\ud800", "\n", "<|im_start|>", "<|im_end|>", "<|image_pad|>", "e\u0301", "\U0001F600",
    ];

    private static readonly string[] Arguments =
    [
        "{}", "null", "[]", "3", "\"{}\"", "\"{\\\"x\\\": \\\"\\\\ud800\\\"}\"", "{\"x\": \"\\ud800\"}", "{\"\\udc00\": 1}", "{\"x\": 1e308}", "{\"x\": 1E+400}", "{\"x\": 1, \"x\": 2}", "{\"x\": NaN}",
        "{\"bbox_2d\": [0, 0, 1e308, -1e308], \"target_image\": 1}", "{\"bbox_2d\": [0, 0, 6, 6], \"target_image\": 99999999999}", "{\"x\": " + new string('[', 40) + new string(']', 40) + "}",
    ];

    private static readonly string[] Names = [.. BadlyBehavedTools.All.Select(t => t.Definition.Name), "nobody", "", " COPY ", "\\ud800"];

    /// <summary>Anything at all.</summary>
    public static Gen<string> Any { get; } = Gen.OneOf(Gen.Elements(Pieces), ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")).ListOf().Select(string.Concat);

    /// <summary>A call in the right form, with arguments that may be wrong.</summary>
    public static Gen<string> Call { get; } =
        from name in Gen.Elements(Names)
        from arguments in Gen.Elements(Arguments)
        select $"<tool_call>\n{{\"name\": \"{name}\", \"arguments\": {arguments}}}\n</tool_call>";

    /// <summary>A turn: calls and anything else, in any mixture.</summary>
    public static Gen<string> Turn { get; } = Gen.Frequency((4, Call), (2, Any), (3, Call.ListOf().Select(c => "I look. " + string.Concat(c.Take(9)))), (1, Gen.Constant("")));
}
