namespace Pixelis.Agents;

/// <summary>Gives an agent the visual tools.</summary>
public static class PixelisAgentBuilderToolExtensions
{
    /// <summary>The tools the model may call, for example <c>WithTools(t => t.ZoomIn().ReadText())</c>. May be called several times.</summary>
    public static PixelisAgentBuilder WithTools(this PixelisAgentBuilder builder, Action<VisualToolCatalogue> choose)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(choose);
        var catalogue = new VisualToolCatalogue();
        choose(catalogue);
        foreach (Tools.ITool tool in catalogue.Tools)
            builder.WithTool(tool);
        return builder;
    }
}
