namespace Pixelis.Training.Grpo;

/// <summary>Sets the strength of the pull towards the reference. Used by one thread.</summary>
public interface IKlController
{
    /// <summary>β for the next step. Write it into checkpoints and set it when a run goes on.</summary>
    double Coefficient { get; set; }

    /// <summary>Tells what a step measured.</summary>
    /// <param name="kl">Mean divergence in nats a token; a value that is not a finite number is passed over.</param>
    /// <param name="sequences">Sequences of the step.</param>
    void Update(double kl, int sequences);
}
