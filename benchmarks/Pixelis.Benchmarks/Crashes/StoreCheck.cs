using System.Diagnostics;
using Pixelis.Online;
using Pixelis.Online.Updates;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>Holds the stores of a folder against what was acknowledged, with a server at work on it or without.</summary>
internal sealed class StoreCheck(CrashOptions options, OnlineFolder folder, AuditMemory audit)
{
    private const double UsersWord = 0.8;

    /// <summary>Answers that were given and, as the log says, not kept; of the last look.</summary>
    public int NotKept { get; private set; }

    /// <summary>The version that serves; of the last look.</summary>
    public string? Serving { get; private set; }

    /// <summary>Decisions that were made and have no line in the audit log yet; of the last look.</summary>
    public int Unrecorded { get; private set; }

    /// <summary>What is lost.</summary>
    public async Task<List<Loss>> RunAsync(Acknowledged acknowledged)
    {
        var lost = new List<Loss>();
        Task<Loss?> verifying = VerifyAsync();
        PolicyVersion? serving = Look("version", lost, ServingOf);
        Serving = serving?.Id;
        lost.AddRange(audit.Hold(folder)); // after the version: what serves is on record before it does
        if (serving is not null && !audit.IsPublished(serving.Id))
            lost.Add(new Loss("version", $"{serving.Id} serves and was not published"));
        foreach (AckedAnswer answer in acknowledged.Answers.Where(a => !audit.IsPublished(a.Version)))
            lost.Add(new Loss("version", $"{answer.Version} gave the answer {answer.Trace} and was not published"));
        Look<object?>("store", lost, () =>
        {
            using ExperienceReader reader = ExperienceReader.Open(folder.Experiences);
            HoldExperiences(reader, acknowledged, lost);
            return null;
        });
        await HoldReviewsAsync(acknowledged, lost);
        if (await verifying is { } broken)
            lost.Add(broken);
        return lost;
    }

    private PolicyVersion ServingOf()
    {
        using PolicyVersionStore versions = PolicyVersionStore.Read(folder.Versions);
        PolicyVersion serving = versions.Serving ?? throw new PixelisException("no version serves");
        return versions.Require(serving.Id); // its files have the sums of its manifest
    }

    private void HoldExperiences(ExperienceReader reader, Acknowledged acknowledged, List<Loss> lost)
    {
        NotKept = 0;
        foreach (AckedAnswer answer in acknowledged.Answers)
        {
            if (reader.FindByRequest(answer.Trace) is not null)
                continue;
            if (audit.IsNotKept(answer.Trace))
                NotKept++;
            else
                lost.Add(new Loss("answer", $"{answer.Trace} is not in the memory"));
        }
        foreach (AckedFeedback feedback in acknowledged.Feedback)
        {
            if (reader.FindByRequest(feedback.Trace) is not { } experience)
                lost.Add(new Loss("feedback", $"{feedback.Action} of {feedback.Trace}: there is no such experience"));
            else if (audit.FeedbackOn(experience.Id, feedback.Action) == 0)
                lost.Add(new Loss("feedback", $"{feedback.Action} of experience {experience.Id} is not on record"));
            else if (!HasEffect(reader, experience, feedback))
                lost.Add(new Loss("feedback", $"{feedback.Action} of experience {experience.Id} is on record and not in its label"));
        }
    }

    // A reviewer's word, which may have come before or after, stands above a user's; labels that were replaced are kept.
    private static bool HasEffect(ExperienceReader reader, Experience experience, AckedFeedback feedback)
    {
        (string? Label, LabelSource Source, double Confidence)[] labels =
        [
            (experience.Label, experience.LabelSource, experience.Confidence), .. reader.LabelHistory(experience.Id).Select(c => (c.Label, c.Source, c.Confidence)),
        ];
        bool isDoubted = labels.Any(l => l is { Label: null, Source: LabelSource.None, Confidence: 0 });
        bool isReviewed = labels.Any(l => l.Source == LabelSource.Person && (l.Label is null || l.Confidence == 1));
        return isReviewed || feedback.Action switch
        {
            "doubt" => isDoubted,
            "confirm" => isDoubted || labels.Any(l => l is { Source: LabelSource.Person, Confidence: UsersWord }), // an answer that is nothing cannot be right
            _ => labels.Any(l => l is { Source: LabelSource.Person, Confidence: UsersWord } && l.Label == feedback.Correction),
        };
    }

    private async Task HoldReviewsAsync(Acknowledged acknowledged, List<Loss> lost)
    {
        Unrecorded = 0;
        if (acknowledged.Reviews.Length == 0)
            return;
        try
        {
            await using ReviewQueue reviews = ReviewQueue.Open(folder.Reviews);
            using ExperienceReader reader = ExperienceReader.Open(folder.Experiences);
            foreach (AckedReview review in acknowledged.Reviews)
            {
                ReviewDecision? made = (await reviews.FindAsync(review.Item))?.Decision;
                if (made is null || made.Number != review.Number || made.Label != review.Label || !made.Verdict.ToString().Equals(review.Verdict, StringComparison.OrdinalIgnoreCase))
                    lost.Add(new Loss("review", $"decision {review.Number} on item {review.Item} ({review.Verdict}) is {made?.ToString() ?? "not there"}"));
                else if (!audit.HasDecision(review.Number) && HasEffect(reader, made))
                    lost.Add(new Loss("review", $"decision {review.Number} took effect and is not on record"));
                else if (!audit.HasDecision(review.Number))
                    Unrecorded++;
            }
        }
        catch (PixelisException e)
        {
            lost.Add(new Loss("store", e.Message));
        }
    }

    private static bool HasEffect(ExperienceReader reader, ReviewDecision made) =>
        reader.Find(made.Experience) is { LabelSource: LabelSource.Person } experience && experience.Label == made.Label && experience.Confidence is 0 or 1;

    private async Task<Loss?> VerifyAsync()
    {
        var start = new ProcessStartInfo("dotnet", [options.Cli, "audit", "verify", folder.AuditLog, "--key", folder.AuditKey]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : new Loss("audit", $"it does not verify: {text.ReplaceLineEndings(" ").Trim()}");
    }

    private static T? Look<T>(string kind, List<Loss> lost, Func<T> look)
    {
        try
        {
            return look();
        }
        catch (PixelisException e)
        {
            lost.Add(new Loss(kind, e.Message));
            return default;
        }
    }
}
