using Pixelis.Modeling;

namespace Pixelis.Models.Qwen;

/// <summary>
/// Rotary settings of config.json, in their two spellings: <c>rope_theta</c> with <c>rope_scaling</c>, and <c>rope_parameters</c>,
/// which holds both.
/// </summary>
internal static class QwenRopeReader
{
    public static (double Theta, IReadOnlyList<int> Sections) Read(
        ConfigObject top, ConfigObject text, QwenArchitecture architecture, int headSize, string file)
    {
        ConfigObject? rope = text.Object("rope_parameters") ?? text.Object("rope_scaling")
            ?? top.Object("rope_parameters") ?? top.Object("rope_scaling");
        double theta = rope?.Number("rope_theta", 1, 1e12) ?? text.Number("rope_theta", 1, 1e12) ?? top.Number("rope_theta", 1, 1e12)
            ?? (architecture == QwenArchitecture.Qwen25Vision ? 1_000_000 : 10_000);
        if (rope is not null)
        {
            // "mrope" means plain frequencies in sections; newer files say "default" for the same thing.
            string field = rope.Has("rope_type") ? "rope_type" : "type";
            if (rope.Text(field) is not (null or "default" or "mrope"))
                throw rope.Wrong(field, "'default' or 'mrope' (scaled positions are not supported)");
            // A file may carry both spellings of the type with different values; each must be one we know.
            if (rope.Text("type") is not (null or "default" or "mrope"))
                throw rope.Wrong("type", "'default' or 'mrope' (scaled positions are not supported)");
        }

        if (architecture != QwenArchitecture.Qwen25Vision)
            return (theta, []);
        IReadOnlyList<int> sections = rope?.Counts("mrope_section", 1, headSize, 3)
            ?? throw new ModelFormatException(file, "field 'rope_scaling.mrope_section' is missing; three numbers were expected");
        if (sections.Count != 3 || sections.Sum() != headSize / 2)
            throw rope.Wrong("mrope_section", $"three numbers that add up to half of the head size ({headSize / 2})");
        return (theta, sections);
    }
}
