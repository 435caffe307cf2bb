using Pixelis.Models.Qwen.RandomModels;

namespace Pixelis.Samples;

/// <summary>A small model with random weights, to try programs before real weights are at hand: it runs like a trained one, and what it writes means nothing.</summary>
internal static class RandomModelFolder
{
    public static string Make(string folder)
    {
        RandomModel.Write(folder, RandomModelShape.Find("qwen2.5-vl-tiny")!, new RandomModelOptions { Seed = 1 });
        return folder;
    }
}
