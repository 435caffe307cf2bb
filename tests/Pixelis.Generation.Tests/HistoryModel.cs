using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Generation.Tests;

/// <summary>
/// A model whose logits are a function of all tokens a row has read. It keeps the ids themselves in a real key-value cache, so a token
/// that is lost,
/// doubled, or taken from another row by joining, forking or dropping rows changes what it says.
/// </summary>
internal sealed class HistoryModel(Func<IReadOnlyList<int>, float[]> logits, int contextLength = 4096) : ICausalModel
{
    public const int Vocabulary = 320;
    public const int EndOfTurn = 300;

    private static readonly KeyValueLayout Layout = new(1, 1, 1, ScalarType.Float32, CPU);
    private int _running;

    /// <summary>Rows, columns and visuals of every forward pass.</summary>
    public List<(long Rows, long Columns, int Visuals)> Passes { get; } = [];

    /// <summary>Runs at the start of every pass.</summary>
    public Action? OnPass { get; set; }

    /// <summary>Runs when a pass has written to its caches, before it returns.</summary>
    public Action? AfterPass { get; set; }

    public ModelDescription Description { get; } = new()
    {
        Architecture = "History",
        VocabularySize = Vocabulary,
        HiddenSize = 1,
        LayerCount = 1,
        KeyValueHeadCount = 1,
        HeadSize = 1,
        ContextLength = contextLength,
        EndOfTurnTokenIds = [EndOfTurn],
    };

    public nn.Module Module => throw new NotSupportedException("The history model has no parameters.");

    public Device Device => CPU;

    public ScalarType DataType => ScalarType.Float32;

    /// <summary>Pseudo-random logits: different after every different history.</summary>
    public static HistoryModel Random(double spread = 2, int contextLength = 4096) => new(history =>
    {
        int seed = history.Aggregate(17, (h, id) => unchecked((h * 31) + id + 1));
        return Rows.Normal(seed, Vocabulary, spread);
    }, contextLength);

    /// <summary>Says the given tokens after a prompt of <paramref name="promptLength"/>, whatever the prompt.</summary>
    public static HistoryModel Saying(int promptLength, params int[] tokens) => new(history =>
    {
        var row = new float[Vocabulary];
        row[tokens[Math.Min(history.Count - promptLength, tokens.Length - 1)]] = 10;
        return row;
    });

    public KeyValueCache CreateCache(int batch, int capacity) => new(Layout, batch, capacity);

    public ModelOutput Forward(ModelInputs inputs, KeyValueCache? cache = null, ForwardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cache);
        using IDisposable pass = BeginPass(inputs.InputIds.shape[0], inputs.InputIds.shape[1], inputs.ImageGrids.Count + inputs.VideoGrids.Count);
        return Read(inputs, cache, options);
    }

    public ModelOutput Advance(Tensor tokens, KeyValueRows rows)
    {
        using IDisposable pass = BeginPass(rows.Count, 1, 0);
        return new ModelOutput(cat([.. Enumerable.Range(0, rows.Count).Select(i =>
            Read(new ModelInputs { InputIds = tokens.narrow(0, i, 1) }, rows[i], null).Logits!)], 0), zeros(rows.Count, 1, 1), []);
    }

    public void Dispose()
    {
    }

    private PassEnd BeginPass(long rows, long columns, int visuals)
    {
        OnPass?.Invoke();
        Assert.Equal(1, Interlocked.Increment(ref _running)); // passes of one model never overlap
        Assert.True(is_inference_mode_enabled());
        Passes.Add((rows, columns, visuals));
        return new PassEnd(() => Interlocked.Decrement(ref _running));
    }

    private ModelOutput Read(ModelInputs inputs, KeyValueCache cache, ForwardOptions? options)
    {
        long rows = inputs.InputIds.shape[0], columns = inputs.InputIds.shape[1];
        int before = cache.Length;
        cache.BeginAppend((int)columns);
        LayerKeyValues kept = cache.Append(0, Keys(inputs.InputIds), Keys(inputs.InputIds));
        cache.Commit();
        Assert.Equal(before + columns, cache.Length);
        Tensor all = kept.PrefixKeys is { } prefix ? cat([prefix.expand(rows, -1, -1, -1), kept.Keys], 2) : kept.Keys;
        float[] ids = all.reshape(-1).contiguous().data<float>().ToArray();
        var values = new List<float>();
        for (int row = 0; row < rows; row++)
            values.AddRange(logits([.. Enumerable.Range(0, cache.Length).Where(c => !cache.IsPadding(row, c)).Select(c => (int)ids[(row * cache.Length) + c])]));
        AfterPass?.Invoke();
        Tensor? last = options?.Logits == LogitsSelection.None ? null : tensor(values.ToArray(), [rows, 1, Vocabulary]);
        return new ModelOutput(last, zeros(rows, columns, 1), []);
    }

    private static Tensor Keys(Tensor ids) => ids.to(ScalarType.Float32).reshape(ids.shape[0], 1, ids.shape[1], 1);

    private sealed class PassEnd(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
