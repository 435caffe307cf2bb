namespace Pixelis.Agents.Hosting;

/// <summary>What must agree for two agents to share a model.</summary>
/// <param name="Folder">Full path of the folder.</param>
/// <param name="DataType">Type of the weights, in lower case.</param>
/// <param name="Device">Where they are, in lower case.</param>
/// <param name="ContextLength">Most tokens of a conversation.</param>
internal sealed record ModelKey(string Folder, string? DataType, string? Device, int? ContextLength)
{
    public static ModelKey Of(PixelisOptions options) => new(
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Model!)),
        options.DataType?.ToLowerInvariant(), options.Device?.ToLowerInvariant(), options.ContextLength);
}
