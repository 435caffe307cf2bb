using System.Text.RegularExpressions;

namespace Pixelis.Modeling;

/// <summary>
/// Paths of layers as PEFT files spell them. Checkpoints, and adapters made before mid 2025, say <c>model.layers</c> and
/// <c>visual</c>; the module tree since then says <c>model.language_model.layers</c> and <c>model.visual</c>.
/// </summary>
internal static partial class AdapterKeys
{
    public const string Prefix = "base_model.model.";

    /// <summary>The path as checkpoints spell it.</summary>
    public static string Canonical(string path)
    {
        if (path.StartsWith("model.language_model.", StringComparison.Ordinal))
            return "model." + path["model.language_model.".Length..];
        return path.StartsWith("model.visual.", StringComparison.Ordinal) ? path["model.".Length..] : path;
    }

    /// <summary>The path in the newer module tree of a model with a vision tower.</summary>
    public static string InNewTree(string path)
    {
        if (path.StartsWith("visual.", StringComparison.Ordinal))
            return "model." + path;
        return path.StartsWith("model.", StringComparison.Ordinal) ? "model.language_model." + path["model.".Length..] : path;
    }

    /// <summary>Both spellings of a canonical path.</summary>
    public static IEnumerable<string> SpellingsOf(string path)
    {
        yield return path;
        string newer = InNewTree(path);
        if (newer != path)
            yield return newer;
    }

    /// <summary>Takes a key of adapter_model.safetensors apart; null for a key that is no LoRA matrix of a linear layer.</summary>
    public static (string Path, bool IsA)? Parse(string key)
    {
        Match match = KeyPattern().Match(key);
        if (!match.Success)
            return null;
        return (Canonical(match.Groups["path"].Value), match.Groups["which"].Value == "A");
    }

    // An adapter name may stand between lora_A and weight, as in a live model's state dict.
    [GeneratedRegex(@"\A(?:base_model\.model\.)?(?<path>.+)\.lora_(?<which>A|B)(?:\.[^.]+)?\.weight\z", RegexOptions.NonBacktracking)]
    private static partial Regex KeyPattern();
}
