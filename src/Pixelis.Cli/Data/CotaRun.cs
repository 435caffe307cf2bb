using Pixelis.Data;

namespace Pixelis.Cli.Data;

/// <summary>Makes traces of examples and writes them as they come; the file is whole or absent.</summary>
internal sealed class CotaRun(CotaOptions options, string input, string output) : IAsyncDisposable
{
    private readonly CotaSynthesizer _synthesizer = new(options);
    private readonly string _inputFolder = Path.GetDirectoryName(Path.GetFullPath(input))!;
    private readonly string _outputFolder = Path.GetDirectoryName(Path.GetFullPath(output))!;

    public int Written { get; private set; }

    public int LeftOut { get; private set; }

    /// <exception cref="DatasetFormatException">The dataset is empty, or a medium is missing.</exception>
    public Task WriteAsync(IEnumerable<Example> examples, TraceKind?[] kinds, CancellationToken cancellation) => AtomicFile.WriteLinesAsync(output, async writer =>
    {
        foreach (Example example in examples)
        {
            Example loaded = MediaLoader.Load(example, _inputFolder, cancellation);
            loaded = loaded with { Media = [.. loaded.Media.Select(m => m with { Path = Moved(m.Path) })] };
            foreach (TraceKind? kind in kinds)
                await WriteAsync(loaded, kind, writer, cancellation);
        }
        if (Written + LeftOut == 0)
            throw new DatasetFormatException(input, 0, null, "the dataset holds no examples.");
    });

    public ValueTask DisposeAsync() => _synthesizer.DisposeAsync();

    private async Task WriteAsync(Example example, TraceKind? kind, TextWriter writer, CancellationToken cancellation)
    {
        TrainingTrace trace = kind is { } wanted ? await _synthesizer.CreateAsync(example, wanted, cancellation) : await _synthesizer.CreateAsync(example, cancellation);
        bool right = trace.Trajectory.Answer == example.Answer;
        if (right == (trace.Kind == TraceKind.OutcomeNegative))
        {
            LeftOut++;
            return;
        }
        await writer.WriteLineAsync(TraceJsonLines.ToLine(trace).AsMemory(), cancellation);
        Written++;
    }

    private string? Moved(string? path) =>
        path is null ? null : Path.GetRelativePath(_outputFolder, Path.GetFullPath(Path.Combine(_inputFolder, path))).Replace('\\', '/');
}
