using Pixelis.Trajectories;

namespace Pixelis.Cli.Rewarding;

/// <summary>Episodes as files: a record, JSON Lines of records, or a folder with <c>trajectory.json</c> in it.</summary>
internal static class EpisodeFiles
{
    /// <summary>Reads all of them, each with the name of where it was.</summary>
    /// <exception cref="PixelisException">One cannot be read, or they answer different questions.</exception>
    public static IReadOnlyList<(string Source, Trajectory Episode)> Read(IEnumerable<string> paths)
    {
        (string Source, Trajectory Episode)[] episodes = [.. paths.SelectMany(Read)];
        if (episodes.Select(e => e.Episode.Question).Distinct().Skip(1).FirstOrDefault() is { } other)
            throw new PixelisException($"The episodes answer different questions, '{episodes[0].Episode.Question}' and '{other}'; a group has one.");
        return episodes;
    }

    private static IEnumerable<(string, Trajectory)> Read(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, "trajectory.json") : path;
        string text = File.ReadAllText(file);
        string[] lines = [.. text.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line))];
        if (lines.Length == 0)
            throw new TrajectoryFormatException(path, "is empty; a trajectory was expected.");
        // One record may be written over many lines, and then its first line is no record.
        bool isLines = lines.Length > 1 && lines.All(line => line.StartsWith('{') && line.TrimEnd().EndsWith('}'));
        return isLines
            ? lines.Select((line, i) => ($"{path}:{i + 1}", TrajectoryJson.Parse(line, $"{path}:{i + 1}")))
            : [(path, TrajectoryJson.Parse(text, path))];
    }
}
