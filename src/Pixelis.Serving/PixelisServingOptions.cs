namespace Pixelis.Serving;

/// <summary>How an agent is served: who may ask, and what a request may cost. Checked when the host starts.</summary>
public sealed class PixelisServingOptions
{
    /// <summary>The name under which the model is listed and asked for; null (default) takes the model's own.</summary>
    public string? ModelId { get; set; }

    /// <summary>
    /// Keys (<c>Authorization: Bearer KEY</c>), each of at least 16 characters, any of which opens every endpoint unless there are <see cref="AdminKeys"/>. Default
    /// none: then only requests from this machine to this machine are answered (<see cref="AllowsAnonymous"/>).
    /// </summary>
    public IList<string> ApiKeys { get; } = [];

    /// <summary>
    /// Keys that open everything. Where there are any, <see cref="ApiKeys"/> only ask, list models and give feedback: what tells of others' questions (review,
    /// live state, metrics) is for these alone. Default none.
    /// </summary>
    public IList<string> AdminKeys { get; } = [];

    /// <summary>Answers anybody where there are no keys: for a host with an authentication of its own in front. Default false.</summary>
    public bool AllowsAnonymous { get; set; }

    /// <summary>Most requests that are answered at the same time, at least 1. Default 4.</summary>
    public int MaxEpisodes { get; set; } = 4;

    /// <summary>Most requests that wait for their turn, at least 0; one more is refused with 429. Default 16.</summary>
    public int MaxWaiting { get; set; } = 16;

    /// <summary>Most requests of a key, or of an address where there are no keys, in a minute; 0 for no limit. Default 120.</summary>
    public int RequestsPerMinute { get; set; } = 120;

    /// <summary>Most bytes of a request's body, at least 1,024. Default 32 MiB.</summary>
    public long MaxRequestBytes { get; set; } = 32 << 20;

    /// <summary>Longest time a request's body may take to arrive, above zero. Default 30 seconds.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most pictures of a request, earlier messages included, at least 0. Default 8.</summary>
    public int MaxPictures { get; set; } = 8;

    /// <summary>Most pixels (width times height) of all pictures of a request together, at least 1. Default 50 megapixels.</summary>
    public long MaxPicturePixels { get; set; } = 50_000_000;

    /// <summary>Most tokens a request may ask for (of each turn of the model), at least 1. Default 4,096.</summary>
    public int MaxTokens { get; set; } = 4096;

    /// <summary>Most answers to one request (<c>n</c>), at least 1. Default 4.</summary>
    public int MaxChoices { get; set; } = 4;

    /// <summary>How long running episodes may go on when the server stops, at least zero; then they are cancelled. Default 30 seconds.</summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many of the last answers the live page shows, at least 0; 0 keeps none. They are kept in memory only. Default 50.</summary>
    public int RecentAnswers { get; set; } = 50;

    /// <summary>Most live pages that are open at the same time, at least 0. Default 16.</summary>
    public int MaxWatchers { get; set; } = 16;

    /// <summary>What is out of range, in words; empty when nothing is. Never holds a key.</summary>
    internal IEnumerable<string> Problems()
    {
        (bool Holds, string Name, string Range)[] ranges =
        [
            (ModelId is not "", nameof(ModelId), "a name, or null for the model's own"),
            (ApiKeys.All(Access.ApiKeyRing.IsKey), nameof(ApiKeys), $"keys of at least {Access.ApiKeyRing.LeastLength} visible ASCII characters without blanks"),
            (AdminKeys.All(Access.ApiKeyRing.IsKey), nameof(AdminKeys), $"keys of at least {Access.ApiKeyRing.LeastLength} visible ASCII characters without blanks"),
            (MaxEpisodes >= 1, nameof(MaxEpisodes), "at least 1"),
            (MaxWaiting is >= 0 and <= 100_000, nameof(MaxWaiting), "0 to 100,000"),
            (RequestsPerMinute is >= 0 and <= 1_000_000, nameof(RequestsPerMinute), "0 (no limit) to 1,000,000"),
            (MaxRequestBytes is >= 1024 and <= 1 << 30, nameof(MaxRequestBytes), "1,024 to 1 GiB"),
            (BodyTimeout > TimeSpan.Zero && BodyTimeout.TotalHours <= 1, nameof(BodyTimeout), "above zero and at most an hour"),
            (MaxPictures >= 0, nameof(MaxPictures), "at least 0"),
            (MaxPicturePixels >= 1, nameof(MaxPicturePixels), "at least 1"),
            (MaxTokens >= 1, nameof(MaxTokens), "at least 1"),
            (MaxChoices >= 1, nameof(MaxChoices), "at least 1"),
            (ShutdownGrace >= TimeSpan.Zero && ShutdownGrace.TotalHours <= 1, nameof(ShutdownGrace), "zero to an hour"),
            (RecentAnswers is >= 0 and <= 1000, nameof(RecentAnswers), "0 to 1,000"),
            (MaxWatchers >= 0, nameof(MaxWatchers), "at least 0"),
        ];
        return ranges.Where(r => !r.Holds).Select(r => $"{nameof(PixelisServingOptions)}.{r.Name} must be {r.Range}.");
    }
}
