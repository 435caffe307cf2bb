using Pixelis.Models.Qwen.RandomModels;

namespace Pixelis.Samples;

/// <summary>Makes a small model with random weights, to try programs before real weights are at hand.</summary>
internal static class Step02_MakeARandomModel
{
    public static string Run(string folder)
    {
        RandomModelShape shape = RandomModelShape.Find("qwen2.5-vl-tiny")!;
        RandomModel.Write(folder, shape, new RandomModelOptions { Seed = 1 });
        return folder;
    }
}
