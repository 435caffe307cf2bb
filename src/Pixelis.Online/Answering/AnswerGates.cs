namespace Pixelis.Online;

/// <summary>Asks the gates about an answer: cold start first, then those of the options.</summary>
internal sealed class AnswerGates(OnlineAgentParts parts, OnlineAgentOptions options)
{
    private readonly GateChain _chain = new([.. options.Gates.Gates.Where(g => g is not ColdStart).Prepend(new ColdStart(options.ColdStart))]);

    public GateReport Check(ConsensusResult consensus, Recollection memory)
    {
        GateReport report = _chain.Check(InputOf(consensus, memory));
        return memory.IsKnown ? report : new GateReport([.. report.Results, new GateResult("memory", false, double.NaN, double.NaN, "memory was not asked, or did not answer")]);
    }

    private GateInput InputOf(ConsensusResult consensus, Recollection memory) => new()
    {
        Consensus = consensus,
        Experiences = memory.Experiences,
        Nearest = memory.Neighbors.Max(n => (double?)n.Similarity),
        NearestLearnt = memory.Neighbors.Where(n => parts.Learnt!.Contains(n.Experience.Id)).Max(n => (double?)n.Similarity),
        UpdatesInLastMinute = parts.Rate!.InLastMinute,
        Drift = parts.Drift?.Measure(),
    };
}
