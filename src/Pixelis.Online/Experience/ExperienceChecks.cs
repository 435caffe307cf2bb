using System.Numerics.Tensors;

namespace Pixelis.Online;

/// <summary>What a buffer refuses to take.</summary>
internal static class ExperienceChecks
{
    private const double UnitTolerance = 1e-3;
    private const int MostNameLength = 1000;

    public static void Check(Experience experience, int dimension)
    {
        ArgumentNullException.ThrowIfNull(experience);
        string name = experience.RequestId;
        CheckName(experience.RequestId, "request id", name);
        CheckName(experience.Tenant, "tenant", name);
        CheckEmbedding(experience.Embedding.Span, dimension, name);
        CheckLabel(experience.Confidence, experience.Priority, name);
        if (experience.Uses < 0 || experience.Successes < 0 || experience.Successes > experience.Uses)
            throw new PixelisException($"Experience '{name}' has {experience.Successes} successes of {experience.Uses} uses; expected 0 or more, and no more successes than uses.");
    }

    public static void CheckLabel(double confidence, double priority, string name)
    {
        if (confidence is not (>= 0 and <= 1))
            throw new PixelisException($"The confidence of experience '{name}' is {confidence}; expected 0 to 1.");
        if (priority is not > 0 || !double.IsFinite(priority))
            throw new PixelisException($"The priority of experience '{name}' is {priority}; expected a finite number above 0.");
    }

    public static void CheckEmbedding(ReadOnlySpan<float> embedding, int dimension, string name)
    {
        if (embedding.Length != dimension)
            throw new PixelisException($"The embedding of '{name}' has {embedding.Length} numbers; this buffer takes {dimension}.");
        float length = TensorPrimitives.Norm(embedding);
        if (!(Math.Abs(length - 1) <= UnitTolerance))
            throw new PixelisException($"The embedding of '{name}' has length {length}; expected a unit vector (see EmbeddingMixer).");
    }

    private static void CheckName(string? value, string what, string name)
    {
        if (string.IsNullOrEmpty(value) || value.Length > MostNameLength)
            throw new PixelisException($"The {what} of experience '{name}' has {value?.Length ?? 0} characters; expected 1 to {MostNameLength}.");
    }
}
