using System.CommandLine;

namespace Pixelis.Cli.CommandLine;

/// <summary>Options that several verbs have, told the same way everywhere.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document instead of text" };

    public static Option<string?> Sam() => new("--sam")
    {
        Description = "Let segment_object_at use Segment Anything from this Hugging Face folder (facebook/sam-vit-base), not GrabCut", HelpName = "FOLDER",
    };

    /// <summary>Reads a time in seconds.</summary>
    /// <exception cref="UsageException">Not a time that can be waited for.</exception>
    public static TimeSpan Seconds(ParseResult parsed, Option<double> option)
    {
        double seconds = parsed.GetValue(option);
        return seconds is > 0 and <= 2_000_000
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{option.Name} must be more than 0 and at most 2,000,000 seconds, not {seconds}.");
    }

    public static Option<WeightType?> WeightType(string description) => new("--dtype")
    {
        Description = description,
        HelpName = "f32|f16|bf16",
        CustomParser = result => result.Tokens.Count == 0 ? null : Enum.TryParse(result.Tokens[0].Value, ignoreCase: true, out WeightType type) && Enum.IsDefined(type)
            ? type
            : Refuse(result, "f32, f16 or bf16"),
    };

    private static WeightType? Refuse(System.CommandLine.Parsing.ArgumentResult result, string expected)
    {
        result.AddError($"--dtype must be {expected}, not '{result.Tokens[0].Value}'.");
        return null;
    }
}
