namespace Pixelis.Serving.Models;

/// <summary>A model as OpenAI's clients read it.</summary>
internal sealed record ModelDocument(string Id, string Object, long Created, string OwnedBy);

/// <summary>All models.</summary>
internal sealed record ModelListDocument(string Object, IReadOnlyList<ModelDocument> Data);
