using Pixelis.Agents.Dialects;
using Pixelis.Cli.CommandLine;
using Pixelis.Tools;
using Pixelis.Tools.Visual;

namespace Pixelis.Cli.Tools;

/// <summary>The tools a command line can name.</summary>
internal static class ToolCatalogue
{
    public static IReadOnlyList<ITool> All { get; } =
        [new ZoomTool(), new SelectFramesTool(), new SegmentTool(), new PropertiesTool(), new ReadTextTool(), new TrackTool()];

    /// <summary>The tools that <c>--tools</c> asks for: <c>all</c>, <c>none</c>, or names and aliases between commas.</summary>
    /// <exception cref="UsageException">A name is unknown, or a tool is named twice.</exception>
    public static IReadOnlyList<ITool> Choose(string text, AgentDialect dialect)
    {
        ITool[] chosen = text.Trim().ToLowerInvariant() switch
        {
            "all" => [.. All],
            "none" => [],
            _ => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Find)],
        };
        if (chosen.Length == 0 && !text.Trim().Equals("none", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--tools names no tool; use all, none, or some of {Names()}.");
        if (chosen.GroupBy(tool => tool).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UsageException($"--tools names {twice.Key.Definition.Name} twice.");
        return dialect == AgentDialect.PixelReasoner ? [.. chosen.Select(AsReleased)] : chosen;
    }

    /// <exception cref="UsageException">Nothing has that name.</exception>
    public static ITool Find(string name) =>
        All.FirstOrDefault(tool => tool.Aliases.Prepend(tool.Definition.Name).Contains(name, StringComparer.OrdinalIgnoreCase))
        ?? throw new UsageException($"There is no tool '{name}'; the tools are {Names()}.");

    // The names and the rule for boxes that Pixel-Reasoner's checkpoints were trained with.
    private static ITool AsReleased(ITool tool) => tool switch
    {
        ZoomTool => new ZoomTool(new ZoomOptions { Name = "crop_image_normalized", Padding = 0.1, FractionsWhenAtMostOne = true, RefuseSmall = true }),
        SelectFramesTool => new SelectFramesTool("select_frames"),
        _ => tool,
    };

    private static string Names() => string.Join(", ", All.Select(tool => tool.Definition.Name.ToLowerInvariant()));
}
