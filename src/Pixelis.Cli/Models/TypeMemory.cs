using Pixelis.Models.Qwen;

namespace Pixelis.Cli.Models;

/// <summary>What a model takes in memory when it runs in one type.</summary>
/// <param name="Type">As <c>--dtype</c> spells it.</param>
/// <param name="WeightBytes">All weights.</param>
/// <param name="CacheBytesPerToken">Keys and values of one token in one sequence.</param>
internal sealed record TypeMemory(string Type, long WeightBytes, long CacheBytesPerToken)
{
    public static TypeMemory Of(string type, int bytes, long parameters, QwenTextConfig config) => new(
        type, parameters * bytes, 2L * config.LayerCount * config.KeyValueHeadCount * config.HeadSize * bytes);
}
