namespace Pixelis.Online;

/// <summary>What is kept of a request to notice drift; made for <see cref="DriftState"/>.</summary>
/// <param name="Embedding">Where it is.</param>
/// <param name="Answer">A hash of the answer's form, so that no answer is kept; empty for none.</param>
/// <param name="Confidence">How sure the answer was, 0 to 1.</param>
internal sealed record DriftObservation(IReadOnlyList<float> Embedding, string Answer, double Confidence);
