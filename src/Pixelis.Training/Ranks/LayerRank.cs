namespace Pixelis.Training;

/// <summary>The rank of one layer's change.</summary>
/// <param name="Layer">Path of the layer.</param>
/// <param name="Rank">Chosen rank, within the limits.</param>
/// <param name="Needed">Rank that holds the wanted energy, before the limits; one more than the highest rank when that is not enough.</param>
/// <param name="Norm">Frobenius norm of the change.</param>
/// <param name="HeldEnergy">Share of the energy that <paramref name="Rank"/> holds, 0 to 1.</param>
public sealed record LayerRank(string Layer, int Rank, int Needed, double Norm, double HeldEnergy);
