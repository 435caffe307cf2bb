using System.Text.Json;
using Pixelis.Data.Drawing;

namespace Pixelis.Data;

/// <summary>Puts several datasets of traces together as a manifest says. Media stay where they are; paths are rewritten.</summary>
public static class DatasetFuser
{
    /// <summary>Reads a manifest.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">It cannot be read; the message names the field.</exception>
    public static FuseManifest LoadManifest(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such manifest.", path);
        try
        {
            FuseManifest manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), DataJsonContext.Default.FuseManifest)
                ?? throw new DatasetFormatException(path, 0, null, "the value is null; a JSON object was expected.");
            manifest = JsonDefaults.Complete(manifest);
            Check(manifest, path);
            return manifest;
        }
        catch (JsonException e)
        {
            throw new DatasetFormatException(path, 0, e.Path is { Length: > 2 } field ? field[2..] : null, e.Message, e);
        }
    }

    /// <summary>Fuses datasets.</summary>
    /// <param name="manifest">What to take.</param>
    /// <param name="folder">What the manifest's paths are relative to.</param>
    /// <param name="output">The JSON Lines file to write; it is whole or absent.</param>
    /// <param name="broken">What to do with lines that cannot be read.</param>
    /// <param name="report">Hears of each line that was left out.</param>
    /// <param name="cancellationToken">Stops between traces.</param>
    /// <exception cref="DatasetFormatException">A line cannot be read, a source gives nothing, or nothing is left to write.</exception>
    public static FuseReport Fuse(
        FuseManifest manifest, string folder, string output, BrokenLines broken = BrokenLines.Refuse, Action<DatasetFormatException>? report = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        string target = Path.GetFullPath(output), targetFolder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(targetFolder);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var taken = new List<TrainingTrace>();
        var bySource = new List<int>();
        int duplicates = 0, rejected = 0;
        foreach (FuseSource source in manifest.Sources)
        {
            string file = Path.GetFullPath(Path.Combine(folder, source.Path));
            TrainingTrace[] all = [.. TraceJsonLines.Read(file, broken, report)];
            if (all.Length == 0)
                throw new DatasetFormatException(file, 0, null, "the dataset holds no traces.");
            int before = taken.Count;
            foreach (TrainingTrace trace in Stirred(all, manifest.Seed))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (source.Limit > 0 && taken.Count - before >= source.Limit)
                    break;
                if (!Wanted(trace, source, manifest))
                    rejected++;
                else if (!names.Add(trace.Trajectory.Id))
                    duplicates++;
                else
                    taken.Add(Moved(trace, source, Path.GetDirectoryName(file)!, targetFolder));
            }
            bySource.Add(taken.Count - before);
        }
        if (taken.Count == 0)
            throw new DatasetFormatException(output, 0, null, "nothing is left after the manifest's filters.");
        TraceJsonLines.Write(target, Stirred([.. taken], manifest.Seed + 1));
        return new FuseReport(taken.Count, duplicates, rejected, bySource);
    }

    private static void Check(FuseManifest manifest, string path)
    {
        if (!manifest.Schema.StartsWith("pixelis.fuse/", StringComparison.Ordinal))
            throw new DatasetFormatException(path, 0, "schema", $"'{manifest.Schema}' is not one of 'pixelis.fuse/...'.");
        if (manifest.Sources.Count == 0)
            throw new DatasetFormatException(path, 0, "sources", "is empty; at least one dataset was expected.");
        for (int i = 0; i < manifest.Sources.Count; i++)
        {
            if (manifest.Sources[i].Weight is { } weight && !(double.IsFinite(weight) && weight >= 0))
                throw new DatasetFormatException(path, 0, $"sources[{i}].weight", "must be a number that is not negative.");
        }
    }

    private static bool Wanted(TrainingTrace trace, FuseSource source, FuseManifest manifest) =>
        (source.Kinds.Count == 0 || source.Kinds.Contains(trace.Kind))
        && (source.Families.Count == 0 || source.Families.Contains(trace.Example.Family, StringComparer.Ordinal))
        && (trace.Quality is not { } quality || quality >= manifest.LeastQuality);

    private static TrainingTrace Moved(TrainingTrace trace, FuseSource source, string from, string to)
    {
        string license = trace.License == "unknown" ? source.License ?? trace.License : trace.License;
        return trace with
        {
            Weight = trace.Weight * (source.Weight ?? 1),
            License = license,
            Example = trace.Example with { Media = [.. trace.Example.Media.Select(m => m with { Path = Relative(m.Path, from, to) })] },
            Trajectory = trace.Trajectory with { Inputs = [.. trace.Trajectory.Inputs.Select(i => i with { Path = Relative(i.Path, from, to) })] },
        };
    }

    private static string? Relative(string? path, string from, string to) =>
        path is null ? null : Path.GetRelativePath(to, Path.GetFullPath(Path.Combine(from, path))).Replace('\\', '/');

    private static IEnumerable<TrainingTrace> Stirred(TrainingTrace[] traces, ulong seed) => new SceneRandom(SceneRandom.Mix(seed)).Draw(traces, traces.Length);
}
