namespace Pixelis.Online;

/// <summary>How large a step an update makes. Implementations are pure and thread-safe.</summary>
public interface ILearningRatePolicy
{
    /// <summary>The learning rate of an update, above or equal to 0.</summary>
    /// <param name="confidence">How sure the label is, 0 to 1.</param>
    /// <param name="update">Number of the update, from 0.</param>
    double At(double confidence, long update);
}
