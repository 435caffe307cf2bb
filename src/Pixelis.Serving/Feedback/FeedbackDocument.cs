namespace Pixelis.Serving.Feedback;

/// <summary>That feedback was taken.</summary>
internal sealed record FeedbackDocument(string TraceId, string Verdict, bool Taken);
