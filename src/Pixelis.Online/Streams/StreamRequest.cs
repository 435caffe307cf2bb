namespace Pixelis.Online;

/// <summary>A request of a stream, as its line says it; its pictures are in memory.</summary>
/// <param name="Id">Its name, unique in the stream.</param>
/// <param name="Line">The line it stands on, from 1.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Media">Pictures and clips.</param>
/// <param name="Tenant">Whose request it is.</param>
/// <param name="Subject">The person it came from; null when not known.</param>
public sealed record StreamRequest(string Id, int Line, string Question, IReadOnlyList<ContentPart> Media, string Tenant, string? Subject);
