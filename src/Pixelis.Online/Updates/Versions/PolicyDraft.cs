namespace Pixelis.Online.Updates;

/// <summary>Weights that are written and are no version yet. Disposed without having become one, it is removed.</summary>
internal sealed class PolicyDraft : IDisposable
{
    internal PolicyDraft(string id, string folder) => (Id, Folder) = (id, folder);

    /// <summary>The name it will have.</summary>
    public string Id { get; }

    /// <summary>Where its weights are now.</summary>
    public string WeightsFolder => Path.Combine(Folder, PolicyFolder.Weights);

    internal string Folder { get; }

    /// <inheritdoc />
    public void Dispose() => PolicyFolder.Remove(Folder);
}
