using Pixelis.Agents;
using Pixelis.Online.Alerts;
using Pixelis.Online.Privacy;
using Pixelis.Online.Tests.Alerts;
using Pixelis.Online.Tests.Support;
using Pixelis.Online.Updates;

namespace Pixelis.Online.Tests.Answering;

/// <summary>An agent over a voice and a memory in two dimensions, whose gates are open unless a test closes one.</summary>
internal sealed class Bench
{
    public static readonly PrivacyKey Key = PrivacyKey.FromBytes(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    public Bench(Func<string, int, string> say)
    {
        Voice = new Voice(say);
        Buffer = new FaultyBuffer(new MemoryExperienceBuffer(new ExperienceBufferOptions { Dimension = 2, Time = Time }));
    }

    public Bench(params string[] answers)
        : this((_, episode) => answers[episode % answers.Length])
    {
    }

    public ManualTime Time { get; } = new();

    public Voice Voice { get; }

    public Places Places { get; } = new();

    public FaultyBuffer Buffer { get; }

    public UpdateQueue Queue { get; init; } = new(16);

    public LearntExperiences Learnt { get; } = new();

    public RecordingSink Told { get; } = new();

    public DriftMonitor? Drift { get; init; }

    public UpdateRate? Rate { get; init; }

    public IReviewQueue? Reviews { get; init; }

    public Pixelis.Online.Audit.AuditLog? Audit { get; init; }

    /// <summary>Whatever has an answer passes: four votes at confidence 0.5, no guesswork, nothing too strange or too well known.</summary>
    public static OnlineAgentOptions Open { get; } = new()
    {
        ColdStart = 0, LabelConfidence = 0.5, Neighbors = 5,
        Gates = new GateChain([new ConfidenceGate(0.5)]),
        Review = new ReviewSampling { Share = 0 },
    };

    public PolicyPublisher Publisher { get; private set; } = null!;

    public async Task<OnlineAgent> AgentAsync(OnlineAgentOptions? options = null)
    {
        Publisher = await Voice.PublishAsync();
        return new OnlineAgent(
            new OnlineAgentParts
            {
                Publisher = Publisher, Embedder = Places, Experiences = Buffer, Redactor = new PiiRedactor(Key), Subjects = new SubjectHasher(Key), Updates = Queue,
                Learnt = Learnt, Drift = Drift, Rate = Rate, Reviews = Reviews, Audit = Audit, TimeProvider = Time,
                Alerts = new AlertMonitor(AlertRules.Default, [Told], Time),
            },
            options ?? Open);
    }

    /// <summary>Puts something into memory.</summary>
    public ValueTask<Experience> RememberAsync(string answer, double degrees, string request = "earlier") => Buffer.AddAsync(new Experience
    {
        RequestId = request, Question = "?", Answer = answer, Label = answer, LabelSource = LabelSource.Vote, Confidence = 1, Embedding = Places.At(degrees), CreatedAt = Time.Now,
    });

    public static OnlineRequest Ask(string question = "What is it?", string? trace = null) => new(new AgentRequest(question, []) { TrajectoryId = trace });
}
