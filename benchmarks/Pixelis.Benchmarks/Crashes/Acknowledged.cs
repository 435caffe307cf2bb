namespace Pixelis.Benchmarks.Crashes;

/// <summary>An answer that came back whole.</summary>
/// <param name="Trace">Its name.</param>
/// <param name="Version">The version that gave it.</param>
internal sealed record AckedAnswer(string Trace, string Version);

/// <summary>Feedback that was taken.</summary>
/// <param name="Trace">On which answer.</param>
/// <param name="Action">As the audit log names it: confirm, correct, doubt.</param>
/// <param name="Correction">What was said to be right.</param>
internal sealed record AckedFeedback(string Trace, string Action, string? Correction);

/// <summary>A decision that was made.</summary>
internal sealed record AckedReview(long Item, long Number, string Verdict, string? Label);

/// <summary>What a server said yes to. Filled by several requests at once.</summary>
internal sealed class Acknowledged
{
    private readonly Lock _lock = new();
    private readonly List<AckedAnswer> _answers = [];
    private readonly List<AckedFeedback> _feedback = [];
    private readonly List<AckedReview> _reviews = [];

    public AckedAnswer[] Answers => Copy(_answers);

    public AckedFeedback[] Feedback => Copy(_feedback);

    public AckedReview[] Reviews => Copy(_reviews);

    public void Add(AckedAnswer answer) => Add(_answers, answer);

    public void Add(AckedFeedback feedback) => Add(_feedback, feedback);

    public void Add(AckedReview review) => Add(_reviews, review);

    public void Add(KillRecord record)
    {
        foreach (AckedAnswer answer in record.Answers)
            Add(answer);
        foreach (AckedFeedback feedback in record.Feedback)
            Add(feedback);
        foreach (AckedReview review in record.Reviews)
            Add(review);
    }

    /// <summary>The newest ones and some of the others: what a kill may have hurt, at a price that does not grow.</summary>
    public Acknowledged Some(Acknowledged newest, int others, Random random)
    {
        var some = new Acknowledged();
        Take(newest.Answers, Answers, some.Add);
        Take(newest.Feedback, Feedback, some.Add);
        Take(newest.Reviews, Reviews, some.Add);
        return some;

        void Take<T>(T[] first, T[] all, Action<T> add)
        {
            T[] more = all.Length == 0 ? [] : random.GetItems(all, others);
            foreach (T item in first.Concat(more).Distinct())
                add(item);
        }
    }

    private void Add<T>(List<T> list, T item)
    {
        lock (_lock)
            list.Add(item);
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (_lock)
            return [.. list];
    }
}
