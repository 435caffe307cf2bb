using Pixelis.Data;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>Compares an answer with the truth. Implementations are pure, deterministic and thread-safe; answers are a model's, so anything.</summary>
public interface IAnswerGrader
{
    /// <summary>A short name in lower case.</summary>
    string Name { get; }

    /// <summary>Whether the example holds a truth of the kind that this compares with.</summary>
    bool CanGrade(Example example);

    /// <summary>How right an answer is. Called only where <see cref="CanGrade"/> holds.</summary>
    /// <param name="answer">What was answered, not blank.</param>
    /// <param name="example">The task and its truth.</param>
    /// <param name="trajectory">The episode the answer ends, for what it says about the pictures.</param>
    AnswerGrade Grade(string answer, Example example, Trajectory trajectory);
}
