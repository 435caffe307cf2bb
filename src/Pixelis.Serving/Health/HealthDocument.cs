namespace Pixelis.Serving.Health;

/// <summary>How the server is; its parts are told to those who have a key.</summary>
internal sealed record HealthDocument(string Status, IReadOnlyList<HealthPartDocument>? Parts = null);

/// <summary>How a part is.</summary>
internal sealed record HealthPartDocument(string Name, string Status, string? Reason);
