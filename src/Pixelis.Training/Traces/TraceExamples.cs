using Pixelis.Data;
using Pixelis.Modeling;
using Pixelis.Trajectories;

namespace Pixelis.Training;

/// <summary>Training traces as examples to learn from.</summary>
public static class TraceExamples
{
    /// <summary>A trace as an example: its turns with their flags, its tools, its weight.</summary>
    /// <param name="trace">A trace whose media are in memory (<see cref="TraceMedia"/>).</param>
    /// <param name="recordedTokens">
    /// Whether assistant turns are learnt as the tokens they were sampled as, where the trajectory holds them. Only right for the model's own
    /// tokenizer. Default false: their text is encoded.
    /// </param>
    /// <exception cref="PixelisException">A picture is not in memory, or flags and turns do not fit.</exception>
    public static SftExample Of(TrainingTrace trace, bool recordedTokens = false)
    {
        ArgumentNullException.ThrowIfNull(trace);
        IReadOnlyList<TraceMessage> messages = TraceMessages.Of(trace);
        Trajectory trajectory = trace.Trajectory;
        var turns = new ConversationTurn[messages.Count];
        for (int i = 0; i < turns.Length; i++)
        {
            turns[i] = messages[i].Message;
            TrajectoryTurn turn = trajectory.Turns[i];
            if (recordedTokens && turn.Role == Role.Assistant && turn.TokenCount > 0)
                turns[i] = turns[i] with { TokenIds = [.. trajectory.TokenIds.Skip(turn.TokenStart).Take(turn.TokenCount)] };
        }

        return new SftExample(turns)
        {
            Id = trajectory.Id,
            Tools = trajectory.Tools,
            Learn = [.. messages.Select(m => m.IsTarget)],
            SamplingWeight = trace.Weight,
            Difficulty = trace.Example.Difficulty,
        };
    }

    /// <summary>
    /// A file of traces as a shuffled stream. Its lines are read now, its pictures whenever an example is drawn; a missing picture is that
    /// example's fault, not the file's. Traces of weight 0 are never drawn.
    /// </summary>
    /// <param name="file">JSON Lines; paths in it are relative to its folder.</param>
    /// <param name="seed">Seed of the orders.</param>
    /// <param name="broken">What to do with lines that cannot be read.</param>
    /// <param name="report">Hears of each line that was left out.</param>
    /// <exception cref="DatasetFormatException">A line cannot be read and is not to be skipped.</exception>
    /// <exception cref="PixelisException">The file holds no trace.</exception>
    public static ShuffledExamples Load(string file, ulong seed, BrokenLines broken = BrokenLines.Refuse, Action<DatasetFormatException>? report = null)
    {
        if (!File.Exists(file))
            throw new PixelisException($"{file}: there is no such file; JSON Lines of traces were expected.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        TrainingTrace[] traces = [.. TraceJsonLines.Read(file, broken, report).Where(t => t.Weight > 0)];
        if (traces.Length == 0)
            throw new PixelisException($"{file} holds no trace that can be used; at least one was expected.");
        using FileStream stream = File.OpenRead(file);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream))[..16];
        return new ShuffledExamples([.. traces.Select(t => t.Weight)], i => Of(TraceMedia.Load(traces[i], folder)), seed, hash);
    }
}
