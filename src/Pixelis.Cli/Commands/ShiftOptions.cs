using System.CommandLine;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Data;
using Pixelis.Data;

namespace Pixelis.Cli.Commands;

/// <summary>What looks otherwise in PixelBench, told the same way by every verb that draws it.</summary>
internal static class ShiftOptions
{
    public static readonly Option<bool> Shifted = new("--shifted") { Description = "PixelBench with other letters, engravings, colours, backdrops, noise and sizes" };

    public static readonly Option<string?> Only = new("--shift") { Description = "Shifted in these only, by comma: letters, engravings, colors, backdrops, noise, sizes", HelpName = "PARTS" };

    /// <exception cref="UsageException">A part is not known.</exception>
    public static PixelBenchShift Read(ParseResult parsed)
    {
        if (parsed.GetValue(Only) is not { } parts)
            return parsed.GetValue(Shifted) ? PixelBenchShift.All : PixelBenchShift.None;
        return DataNames.Read<PixelBenchShift>("--shift", parts).Aggregate((a, b) => a | b);
    }
}
