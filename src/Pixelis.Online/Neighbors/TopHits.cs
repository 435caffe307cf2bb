namespace Pixelis.Online.Neighbors;

/// <summary>Keeps the best of many hits, best first; of equal ones the lower number.</summary>
internal ref struct TopHits(Span<NeighborHit> hits)
{
    private readonly Span<NeighborHit> _hits = hits;

    public int Count { get; private set; }

    public void Offer(long id, float similarity)
    {
        if (Count == _hits.Length)
        {
            if (Count == 0 || !IsBetter(id, similarity, _hits[Count - 1]))
                return;
            Count--;
        }
        int at = Count;
        for (; at > 0 && IsBetter(id, similarity, _hits[at - 1]); at--)
            _hits[at] = _hits[at - 1];
        _hits[at] = new NeighborHit(id, similarity);
        Count++;
    }

    private static bool IsBetter(long id, float similarity, NeighborHit than) =>
        similarity > than.Similarity || (similarity == than.Similarity && id < than.Id);
}
