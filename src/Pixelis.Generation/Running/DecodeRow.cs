using Pixelis.Generation.Sampling;
using Pixelis.Generation.Stopping;

namespace Pixelis.Generation.Running;

/// <summary>One sequence while it is decoded: its logits, its draws, its record. Knows nothing of the rows beside it.</summary>
internal sealed class DecodeRow(SequenceSampler sampler, TurnRecorder recorder, float[] logits)
{
    /// <summary>The logits the next token is drawn from.</summary>
    public float[] Logits { get; } = logits;

    /// <summary>The turn so far.</summary>
    public TurnRecorder Recorder { get; } = recorder;

    /// <summary>The token drawn last.</summary>
    public int LastToken { get; private set; }

    /// <summary>Whether the turn has ended.</summary>
    public bool Finished => Recorder.FinishReason is not null;

    /// <summary>Draws and records a token.</summary>
    public GeneratedToken Draw()
    {
        SampledToken token = sampler.Next(Logits);
        LastToken = token.Id;
        return Recorder.Add(token);
    }
}
