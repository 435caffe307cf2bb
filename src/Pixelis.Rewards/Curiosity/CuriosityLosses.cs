namespace Pixelis.Rewards;

/// <summary>What a pass over transitions found, before its steps changed the weights: means over the transitions.</summary>
/// <param name="Forward">Mean squared error of the predicted features.</param>
/// <param name="Inverse">Mean squared error of the recovered calls.</param>
/// <param name="Total"><c>beta * Forward + (1 - beta) * Inverse</c>, which is what is minimised.</param>
/// <param name="Transitions">How many there were; 0 when there was nothing to learn, and the losses are 0, too.</param>
public sealed record CuriosityLosses(double Forward, double Inverse, double Total, int Transitions);
