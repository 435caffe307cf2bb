using System.Text.RegularExpressions;

namespace Pixelis.Modeling;

/// <summary>Which linear layers an adapter changes, with PEFT's meaning of names, patterns and "all-linear".</summary>
public sealed class LoraTargets
{
    /// <summary>PEFT's word for all linear layers but the output head.</summary>
    internal const string AllLinearWord = "all-linear";

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private readonly Regex? _regex;

    private LoraTargets(IReadOnlyList<string>? names, string? pattern, bool all)
    {
        Names = names;
        Pattern = pattern;
        IsAllLinear = all;
        _regex = pattern is null ? null : Compile($@"\A(?:{pattern})\z");
    }

    /// <summary>
    /// The seven projections of every decoder layer. The default: scoped to the language model, since a bare name such as
    /// <c>gate_proj</c> would also hit the vision tower, and serving software applies adapters to the language model only.
    /// </summary>
    public static LoraTargets LanguageModel { get; } =
        Matching(@"(.*\.)?layers\.\d+\.(self_attn\.(q|k|v|o)|mlp\.(gate|up|down))_proj");

    /// <summary>All linear layers but the output head.</summary>
    public static LoraTargets AllLinear { get; } = new(null, null, all: true);

    /// <summary>Names, or null: a layer is hit when its path is a name or ends with a dot and a name.</summary>
    public IReadOnlyList<string>? Names { get; }

    /// <summary>A regular expression that must match a layer's whole path, or null.</summary>
    public string? Pattern { get; }

    /// <summary>Whether all linear layers but the head are meant.</summary>
    public bool IsAllLinear { get; }

    /// <summary>Layers by name or by the end of their path, for example <c>q_proj</c>.</summary>
    public static LoraTargets Named(params IReadOnlyList<string> names) => new([.. names], null, all: false);

    /// <summary>Layers whose whole path a regular expression matches.</summary>
    /// <exception cref="ArgumentException">Not a regular expression.</exception>
    public static LoraTargets Matching(string pattern) => new(null, pattern, all: false);

    /// <summary>Whether a layer is hit. Its path may be spelled as in the checkpoint or as in newer module trees: either may match.</summary>
    public bool Matches(string path) => AdapterKeys.SpellingsOf(path).Any(MatchesSpelling);

    /// <summary>A regular expression from a file: without backtracking where possible, otherwise bounded in time.</summary>
    internal static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, PatternTimeout);
        }
    }

    private bool MatchesSpelling(string path)
    {
        if (IsAllLinear)
            return path != "lm_head" && !path.EndsWith(".lm_head", StringComparison.Ordinal);
        if (_regex is not null)
            return _regex.IsMatch(path);
        return Names!.Any(name => path == name || path.EndsWith("." + name, StringComparison.Ordinal));
    }
}
