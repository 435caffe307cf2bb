using Pixelis.Agents;
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

    /// <summary>Gives an agent what <c>--tools</c> asks for: <c>all</c>, <c>none</c>, or names and aliases between commas.</summary>
    /// <exception cref="UsageException">A name is unknown, a tool is named twice, or the dialect has no such tool.</exception>
    public static Action<VisualToolCatalogue> Choose(string text, AgentDialect dialect)
    {
        string asked = text.Trim().ToLowerInvariant();
        if (asked == "none")
            return _ => { };
        // Its checkpoints were trained with two tools, by these names and with these arguments.
        if (dialect == AgentDialect.PixelReasoner)
            return asked == "all" ? catalogue => catalogue.PixelReasoner() : throw new UsageException("--dialect pixel-reasoner brings its own two tools: use --tools all or none.");
        ITool[] chosen = asked == "all" ? [.. All] : [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Find)];
        if (chosen.Length == 0)
            throw new UsageException($"--tools names no tool; use all, none, or some of {Names()}.");
        if (chosen.GroupBy(tool => tool).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UsageException($"--tools names {twice.Key.Definition.Name} twice.");
        return catalogue => Array.ForEach(chosen, tool => catalogue.Add(tool));
    }

    /// <exception cref="UsageException">Nothing has that name.</exception>
    public static ITool Find(string name) =>
        All.FirstOrDefault(tool => tool.Aliases.Prepend(tool.Definition.Name).Contains(name, StringComparer.OrdinalIgnoreCase))
        ?? throw new UsageException($"There is no tool '{name}'; the tools are {Names()}.");

    private static string Names() => string.Join(", ", All.Select(tool => tool.Definition.Name.ToLowerInvariant()));
}
