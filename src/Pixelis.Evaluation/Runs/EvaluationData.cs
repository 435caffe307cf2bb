using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pixelis.Data;

namespace Pixelis.Evaluation;

/// <summary>
/// Examples to evaluate on, in a fixed order, with a fingerprint by which results on other data are told apart. Thread-safe.
/// </summary>
public sealed class EvaluationData
{
    private readonly Func<int, CancellationToken, ValueTask<Example>> _get;

    private EvaluationData(string name, string fingerprint, int count, Func<int, CancellationToken, ValueTask<Example>> get)
    {
        if (count == 0)
            throw new PixelisException($"{name}: there are no examples to evaluate on.");
        (Name, Fingerprint, Count, _get) = (name, fingerprint, count, get);
    }

    /// <summary>A name for reports.</summary>
    public string Name { get; }

    /// <summary>
    /// What the examples were taken from: a generator, its version and part, or the digest of a file. How many of them, and of which
    /// families, is not in it, so that results on parts of the same data can be compared.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>Which part of the data is asked: families (and difficulties) in their order, or "all".</summary>
    public string Selection { get; private init; } = "all";

    /// <summary>How many examples there are.</summary>
    public int Count { get; }

    /// <summary>Examples that were left out because they cannot be used: what is wrong with each.</summary>
    public IReadOnlyList<string> LeftOut { get; private init; } = [];

    /// <summary>Scenes of PixelBench, drawn as they are asked for.</summary>
    /// <param name="options">Which scenes.</param>
    /// <param name="count">How many, from the first on, at least 1: families take turns, then difficulties.</param>
    public static EvaluationData PixelBench(PixelBenchOptions options, int count)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var scenes = new PixelBenchGenerator(options);
        string fingerprint = string.Create(CultureInfo.InvariantCulture, $"{PixelBenchGenerator.Version} {scenes.Name} stream {options.Stream}");
        return new EvaluationData(scenes.Name, fingerprint, count, (index, cancellation) => scenes.GetAsync(index, cancellation)) { Selection = SelectionOf(options) };
    }

    /// <summary>The first examples of a source.</summary>
    /// <param name="source">The source; its name is the fingerprint.</param>
    /// <param name="count">Most examples, at least 1.</param>
    /// <exception cref="PixelisException">The source has no example.</exception>
    public static EvaluationData Of(IExampleSource source, int count)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new EvaluationData(source.Name, source.Name, (int)Math.Min(count, source.Count ?? count), (index, cancellation) => source.GetAsync(index, cancellation));
    }

    /// <summary>Examples in memory, or whose media are found from a folder.</summary>
    /// <param name="name">A name for reports.</param>
    /// <param name="examples">At least one; ids must be unique.</param>
    /// <param name="folder">What relative paths of media are relative to.</param>
    /// <exception cref="PixelisException">There is no example, or two have the same id.</exception>
    public static EvaluationData Of(string name, IReadOnlyList<Example> examples, string folder = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.GroupBy(e => e.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new PixelisException($"{name}: field 'id': '{twice.Key}' names {twice.Count()} examples; ids must be unique, for results are kept by them.");
        return new EvaluationData(name, Digest(examples), examples.Count, (index, cancellation) => ValueTask.FromResult(MediaLoader.Load(examples[index], folder, cancellation)));
    }

    /// <summary>Examples of a JSON Lines file, one each line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="families">Families to take; empty for all.</param>
    /// <param name="limit">Most examples, from the first on; null for all.</param>
    /// <param name="broken">Whether a line that cannot be read, or whose media are missing, ends the matter or is left out and told of.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="PixelisException">A line cannot be used, or none is left.</exception>
    public static EvaluationData FromFile(string path, IReadOnlyCollection<string> families, int? limit = null, BrokenLines broken = BrokenLines.Refuse)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(families);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var leftOut = new List<string>();
        var all = new List<Example>();
        foreach (Example example in ExampleJsonLines.Read(path, broken, e => leftOut.Add(e.Message)))
        {
            if (MissingMedium(example, folder) is not { } problem)
                all.Add(example);
            else if (broken == BrokenLines.Refuse)
                throw new DatasetFormatException(path, 0, null, problem);
            else
                leftOut.Add($"{path}: {problem}");
        }
        IEnumerable<Example> wanted = all.Where(e => families.Count == 0 || families.Contains(e.Family, StringComparer.OrdinalIgnoreCase));
        string name = Path.GetFileName(path);
        return new EvaluationData(Of(name, [.. wanted.Take(limit ?? int.MaxValue)], folder), Digest(all)) 
        {
            LeftOut = leftOut,
            Selection = families.Count == 0 ? "all" : string.Join(", ", families.Select(f => f.ToLowerInvariant()).Order(StringComparer.Ordinal)),
        };
    }

    /// <summary>One example, its media in memory.</summary>
    /// <param name="index">From 0; below <see cref="Count"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PixelisException">A file of the example cannot be read.</exception>
    public ValueTask<Example> GetAsync(int index, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _get(index, cancellationToken);
    }

    private EvaluationData(EvaluationData part, string fingerprint)
        : this(part.Name, fingerprint, part.Count, part._get)
    {
    }

    private static string SelectionOf(PixelBenchOptions options)
    {
        var all = new PixelBenchOptions();
        string families = options.Families.SequenceEqual(all.Families) ? "all" : string.Join(", ", options.Families).ToLowerInvariant();
        return options.Difficulties.SequenceEqual(all.Difficulties) ? families : $"{families} of difficulty {string.Join(", ", options.Difficulties)}";
    }

    private static string? MissingMedium(Example example, string folder)
    {
        for (int i = 0; i < example.Media.Count; i++)
        {
            if (example.Media[i].IsLoaded)
                continue;
            string field = $"example '{example.Id}', field 'media[{i}].path'";
            if (example.Media[i].Path is not { } relative)
                return $"{field} is missing.";
            string file = Path.GetFullPath(Path.Combine(folder, relative));
            if (!File.Exists(file) && !Directory.Exists(file))
                return $"{field}: {file}: there is no such file.";
        }
        return null;
    }

    // What is asked and what is right. Pixels count by the hashes that the data states; results keep the hashes of what was seen.
    private static string Digest(IEnumerable<Example> examples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Example e in examples)
        {
            foreach (string text in new[] { e.Id, e.Question, e.Answer }.Concat(e.Media.Select(m => m.Hash ?? m.Path ?? "")))
                hash.AppendData(Encoding.UTF8.GetBytes(text + "\0"));
        }
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
