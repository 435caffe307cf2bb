using System.CommandLine;

namespace Pixelis.Cli.CommandLine;

/// <summary>Options that several verbs have, told the same way everywhere.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document instead of text" };

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
