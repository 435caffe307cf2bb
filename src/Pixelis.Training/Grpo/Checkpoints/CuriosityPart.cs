using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>The curiosity module's weights and optimizer in a checkpoint.</summary>
internal sealed class CuriosityPart(CuriosityModule module) : ICheckpointPart
{
    private const string FileName = "curiosity.safetensors";

    public void Write(string folder) => module.Save(Path.Combine(folder, FileName));

    public void Read(string folder) => module.Load(Path.Combine(folder, FileName));
}
