using Pixelis.Models.Qwen;

namespace Pixelis.Golden.Tests;

/// <summary>Configs for computations that need no weights.</summary>
internal static class VisionConfigs
{
    public static QwenConfig Model { get; } = QwenPresets.Find("qwen2.5-vl-tiny", null, null);

    public static QwenVisionConfig Default => Model.Vision!;
}
