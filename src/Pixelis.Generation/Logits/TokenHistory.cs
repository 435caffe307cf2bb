namespace Pixelis.Generation.Logits;

/// <summary>Which tokens a sequence has seen: what penalties read.</summary>
internal sealed class TokenHistory
{
    private readonly HashSet<int> _seen = [];
    private readonly HashSet<int> _generated = [];

    /// <summary>Starts from the tokens of the prompt.</summary>
    public TokenHistory(IEnumerable<int> prompt) => _seen.UnionWith(prompt);

    /// <summary>Every token of prompt and turn, each once.</summary>
    public IReadOnlyCollection<int> Seen => _seen;

    /// <summary>Every token generated in this turn, each once.</summary>
    public IReadOnlyCollection<int> Generated => _generated;

    /// <summary>Records a generated token.</summary>
    public void Add(int token)
    {
        _seen.Add(token);
        _generated.Add(token);
    }
}
