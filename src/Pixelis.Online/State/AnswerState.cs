namespace Pixelis.Online.State;

/// <summary>What became of an answer.</summary>
/// <param name="TraceId">The trace it was served under: the id of its trajectory.</param>
/// <param name="Use">What it is used for.</param>
/// <param name="Consensus">Every vote; null when there was none.</param>
/// <param name="Gates">What the gates said; null when they were not asked.</param>
public sealed record AnswerState(string TraceId, AnswerUse Use, ConsensusResult? Consensus = null, GateReport? Gates = null);
