using Microsoft.Extensions.Logging;
using Pixelis.Online.Alerts;
using Pixelis.Online.Audit;
using Pixelis.Online.Privacy;
using Pixelis.Online.Updates;

namespace Pixelis.Online;

/// <summary>What an agent with memory works with. Nothing is owned.</summary>
internal sealed record OnlineAgentParts
{
    /// <summary>Whose episodes are served.</summary>
    public required PolicyPublisher Publisher { get; init; }

    /// <summary>Says where a request is among others.</summary>
    public required IRequestEmbedder Embedder { get; init; }

    /// <summary>What it remembers.</summary>
    public required IExperienceBuffer Experiences { get; init; }

    /// <summary>Takes personal data out of all that is kept.</summary>
    public required IRedactor Redactor { get; init; }

    /// <summary>Names people without naming them; null (default): requests with a subject are refused.</summary>
    public SubjectHasher? Subjects { get; init; }

    /// <summary>Where what is to be learnt goes; null (default): nothing is learnt.</summary>
    public UpdateQueue? Updates { get; init; }

    /// <summary>Where people are asked; null (default): nobody is.</summary>
    public IReviewQueue? Reviews { get; init; }

    /// <summary>Where every decision is put on record; null (default) for nowhere.</summary>
    public AuditLog? Audit { get; init; }

    /// <summary>What was learnt from already; null (default) for nothing yet.</summary>
    public LearntExperiences? Learnt { get; init; }

    /// <summary>Updates of the last minute; null (default) for one that counts 60.</summary>
    public UpdateRate? Rate { get; init; }

    /// <summary>Watches requests and answers drift; null (default) for nobody.</summary>
    public DriftMonitor? Drift { get; init; }

    /// <summary>Hears of parts that fail; null (default) for nobody.</summary>
    public AlertMonitor? Alerts { get; init; }

    /// <summary>What tells the time; null (default) for the system's clock.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>Where failures are logged, without content; null (default) for nowhere.</summary>
    public ILogger? Logger { get; init; }
}
