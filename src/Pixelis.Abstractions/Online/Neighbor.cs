namespace Pixelis.Online;

/// <summary>An experience near a request.</summary>
/// <param name="Experience">The experience.</param>
/// <param name="Similarity">Cosine of the two embeddings, -1 to 1.</param>
public sealed record Neighbor(Experience Experience, double Similarity);
