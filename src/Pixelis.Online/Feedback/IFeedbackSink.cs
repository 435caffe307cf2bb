namespace Pixelis.Online;

/// <summary>Where feedback on answers goes. Thread-safe.</summary>
public interface IFeedbackSink
{
    /// <summary>
    /// Takes feedback. When this returns, it survives a crash of the process and of the machine. A user's word is not a reviewer's: how much it
    /// weighs is for the sink to say.
    /// </summary>
    /// <returns>False when no answer of that trace is known (any more); nothing was taken then.</returns>
    ValueTask<bool> TakeAsync(AnswerFeedback feedback, CancellationToken cancellationToken = default);
}
