using Pixelis.Trajectories;

namespace Pixelis.Online.Updates;

/// <summary>Something to learn from: the episodes of one prompt, and what is held to be the right answer. Immutable.</summary>
public sealed record UpdateTask
{
    /// <summary>Numbers of the experiences it comes from, by which a version can say what made it; at least one.</summary>
    public required IReadOnlyList<long> Experiences { get; init; }

    /// <summary>Whose experiences they are.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>
    /// The episodes of the prompt that are learnt from, their media in memory, tokens and log-probabilities as they were recorded; at least one, and
    /// two or more for anything that compares them.
    /// </summary>
    public required IReadOnlyList<Trajectory> Episodes { get; init; }

    /// <summary>What is held to be right, by vote or by a person.</summary>
    public required string Label { get; init; }

    /// <summary>What the question can be answered with: answers are compared within it. Default anything.</summary>
    public AnswerSpace AnswerSpace { get; init; } = AnswerSpace.Open;

    /// <summary>How sure the label is, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>The learning rate, at least 0; null (default): the worker's policy decides when its turn comes.</summary>
    public double? LearningRate { get; init; }

    /// <summary>A task of an experience as a buffer gives it out, whose label somebody decided.</summary>
    /// <param name="experience">It has a number, a label and episodes. What its tools returned must be in memory too, which a buffer does not keep.</param>
    /// <exception cref="PixelisException">It has none of these.</exception>
    internal static UpdateTask Of(Experience experience)
    {
        ArgumentNullException.ThrowIfNull(experience);
        var task = new UpdateTask
        {
            Experiences = [experience.Id],
            Tenant = experience.Tenant,
            Episodes = experience.Episodes,
            Label = experience.Label ?? "",
            AnswerSpace = AnswerSpace.InferFrom(experience.Question),
            Confidence = experience.Confidence,
        };
        task.Validate();
        return task;
    }

    /// <summary>Refuses a task that nothing can be learnt from.</summary>
    /// <exception cref="PixelisException">A part is missing or out of range; the message says which.</exception>
    internal void Validate()
    {
        if (Experiences.Count == 0 || Experiences.Any(id => id < 1))
            throw new PixelisException("An update needs the numbers of the experiences it comes from, each at least 1; add them to the buffer first.");
        if (Episodes.Count == 0)
            throw new PixelisException($"{Name} has no episodes; at least one was expected.");
        if (Episodes.FirstOrDefault(e => e.TokenIds.Count == 0 || e.LogProbabilities.Count != e.TokenIds.Count) is { } bare)
            throw new PixelisException($"{Name}: episode {bare.Id} has {bare.TokenIds.Count} tokens and {bare.LogProbabilities.Count} log-probabilities; one each was expected. A remote model's episodes cannot be learnt from.");
        if (string.IsNullOrWhiteSpace(Label))
            throw new PixelisException($"{Name} has no label; let its answers vote, or ask a person.");
        if (!(Confidence >= 0 && Confidence <= 1))
            throw new PixelisException(FormattableString.Invariant($"{Name} has a confidence of {Confidence}; 0 to 1 was expected."));
        if (LearningRate is { } rate && !(rate >= 0 && double.IsFinite(rate)))
            throw new PixelisException(FormattableString.Invariant($"{Name} has a learning rate of {rate}; a number of at least 0 was expected."));
    }

    private string Name => $"The update from experience {string.Join(", ", Experiences.Take(5))}";
}
