using Pixelis.Cli.CommandLine;
using Pixelis.Models.Qwen;

namespace Pixelis.Cli.Models;

/// <summary>What a model takes in memory when it runs in one type.</summary>
/// <param name="Type">As <c>--dtype</c> spells it.</param>
/// <param name="WeightBytes">All weights.</param>
/// <param name="CacheBytesPerToken">Keys and values of one token in one sequence.</param>
internal sealed record TypeMemory(string Type, long WeightBytes, long CacheBytesPerToken)
{
    public static TypeMemory Of(WeightType type, QwenModelSummary model) =>
        new(type.ToString().ToLowerInvariant(), model.BytesIn(type.ToScalarType()), model.CacheBytesPerToken(type.ToScalarType()));
}
