using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>Draws the scenes of one family. Stateless; all chance comes from the generator that is handed in.</summary>
internal interface ISceneFamily
{
    /// <summary>Draws a scene.</summary>
    /// <param name="random">Decides everything.</param>
    /// <param name="difficulty">1 to 3.</param>
    /// <param name="shift">What looks otherwise.</param>
    SceneDraft Draw(SceneRandom random, int difficulty, PixelBenchShift shift);
}
