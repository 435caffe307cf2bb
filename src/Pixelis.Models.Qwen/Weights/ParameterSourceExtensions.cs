using Pixelis.Tensors;

namespace Pixelis.Models.Qwen;

/// <summary>Building blocks from a source.</summary>
internal static class ParameterSourceExtensions
{
    /// <summary>The linear layer of that name.</summary>
    public static Projection Linear(this IParameterSource source, string name, bool bias) =>
        new(source.Take(name + ".weight"), bias ? source.Take(name + ".bias") : null);

    /// <summary>The norm of that name.</summary>
    public static RmsNorm Norm(this IParameterSource source, string name, double epsilon) => new(source.Take(name + ".weight"), epsilon);

    /// <summary>The gated feed-forward block of that name.</summary>
    public static GatedFeedForward FeedForward(this IParameterSource source, string name, bool bias) =>
        new(source.Linear(name + ".gate_proj", bias), source.Linear(name + ".up_proj", bias), source.Linear(name + ".down_proj", bias));
}
