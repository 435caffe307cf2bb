namespace Pixelis.Agents.Hosting;

/// <summary>One agent of a service collection.</summary>
/// <param name="Name">Its name; null for the one without.</param>
internal sealed record AgentName(string? Name);
