using Pixelis.Agents.Dialects;
using Pixelis.Models.Qwen;
using Pixelis.Generation;
using TorchSharp;

namespace Pixelis.Agents.Hosting;

/// <summary>What the words of a configuration stand for.</summary>
internal static class SettingNames
{
    private static readonly Dictionary<string, torch.ScalarType> DataTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["float32"] = torch.ScalarType.Float32,
        ["bfloat16"] = torch.ScalarType.BFloat16,
        ["float16"] = torch.ScalarType.Float16,
    };

    private static readonly Dictionary<string, AgentDialect> Dialects = AgentDialect.All.ToDictionary(d => d.Name, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, Action<VisualToolCatalogue>> Tools = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ZOOM_IN"] = t => t.ZoomIn(),
        ["SELECT_FRAMES"] = t => t.SelectFrames(),
        ["SEGMENT_OBJECT_AT"] = t => t.SegmentObjectAt(),
        ["GET_PROPERTIES"] = t => t.GetProperties(),
        ["READ_TEXT"] = t => t.ReadText(),
        ["TRACK_OBJECT"] = t => t.TrackObject(),
        ["all"] = t => t.All(),
        ["pixel-reasoner"] = t => t.PixelReasoner(),
    };

    public static IEnumerable<string> ToolNames => Tools.Keys;

    public static IEnumerable<string> DialectNames => Dialects.Keys;

    public static IEnumerable<string> DataTypeNames => DataTypes.Keys;

    public static bool IsTool(string name) => Tools.ContainsKey(name);

    public static Action<VisualToolCatalogue> Tool(string name) => Tools[name];

    public static AgentDialect? Dialect(string name) => Dialects.GetValueOrDefault(name);

    public static bool IsDataType(string name) => DataTypes.ContainsKey(name);

    /// <summary>Whether a text is <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    public static bool IsDevice(string name) => name.ToLowerInvariant() is "cpu" or "cuda"
        || (name.StartsWith("cuda:", StringComparison.OrdinalIgnoreCase) && byte.TryParse(name.AsSpan(5), out _));

    public static QwenVisionLanguageModelOptions Model(ModelKey key) => new()
    {
        Model = key.DataType is null && key.Device is null ? null : new QwenModelOptions
        {
            DataType = key.DataType is null ? null : DataTypes[key.DataType],
            Device = key.Device is null ? null : torch.device(key.Device),
        },
        Generation = new GeneratorOptions { ContextLength = key.ContextLength },
    };
}
