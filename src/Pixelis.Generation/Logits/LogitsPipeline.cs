namespace Pixelis.Generation.Logits;

/// <summary>
/// The processors that a set of options asks for, in the order of the reference implementation: penalties, temperature, top-k, top-p,
/// min-p.
/// Each filter sees what the one before left, renormalised.
/// </summary>
internal sealed class LogitsPipeline
{
    private readonly ILogitsProcessor[] _processors;

    /// <summary>Selects the processors; settings that change nothing cost nothing.</summary>
    public LogitsPipeline(GenerationOptions options)
    {
        var processors = new List<ILogitsProcessor>();
        if (options.RepetitionPenalty != 1)
            processors.Add(new RepetitionPenaltyProcessor(options.RepetitionPenalty));
        if (options.PresencePenalty != 0)
            processors.Add(new PresencePenaltyProcessor(options.PresencePenalty));
        if (options.Temperature > 0) // greedy decoding takes the largest logit, which no filter removes
            AddFilters(options, processors);
        _processors = [.. processors];
    }

    /// <summary>Whether the row stays as it is.</summary>
    public bool IsEmpty => _processors.Length == 0;

    /// <summary>Runs every processor over one row.</summary>
    public void Process(Span<float> logits, TokenHistory history)
    {
        foreach (ILogitsProcessor processor in _processors)
            processor.Process(logits, history);
    }

    private static void AddFilters(GenerationOptions options, List<ILogitsProcessor> processors)
    {
        if (options.Temperature != 1)
            processors.Add(new TemperatureProcessor(options.Temperature));
        if (options.TopK > 0)
            processors.Add(new TopKProcessor(options.TopK));
        if (options.TopP < 1)
            processors.Add(new TopPProcessor(options.TopP));
        if (options.MinP > 0)
            processors.Add(new MinPProcessor(options.MinP));
    }
}
