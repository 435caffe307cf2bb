namespace Pixelis.Online;

/// <summary>Asks the gates about an answer: cold start first, then those of the options.</summary>
internal sealed class AnswerGates(OnlineAgentParts parts, OnlineAgentOptions options)
{
    private readonly GateChain _chain = new([.. options.Gates.Gates.Where(g => g is not ColdStart).Prepend(new ColdStart(options.ColdStart))]);

    public GateReport Check(ConsensusResult consensus, Recollection memory) => _chain.Check(new GateInput
    {
        Consensus = consensus,
        Experiences = memory.Experiences,
        Nearest = memory.Neighbors.Max(n => (double?)n.Similarity),
        NearestLearnt = memory.Neighbors.Where(n => parts.Learnt!.Contains(n.Experience.Id)).Max(n => (double?)n.Similarity),
        UpdatesInLastMinute = parts.Rate!.InLastMinute,
        Drift = parts.Drift?.Measure(),
    });
}
