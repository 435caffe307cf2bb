using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.RandomModels;

/// <summary>
/// Makes Qwen2.5-VL folders with random weights: the layout, names and sizes of released models, and answers without meaning.
/// For demonstrations, tests and measurements where real weights are not at hand.
/// </summary>
public static class RandomModel
{
    /// <summary>
    /// Writes a model folder: config, generation config, image processor, tokenizer, weights. It is written beside its target and
    /// renamed into place, so a cancelled or failed run leaves nothing.
    /// </summary>
    /// <param name="folder">Where it shall appear; must not exist, or be empty.</param>
    /// <param name="shape">One of <see cref="RandomModelShape.All"/>.</param>
    /// <param name="options">Seed, type and the like; null for the defaults.</param>
    /// <param name="cancellationToken">Checked between slices of tensors.</param>
    /// <exception cref="PixelisException">The folder exists and is not empty.</exception>
    public static void Write(string folder, RandomModelShape shape, RandomModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(shape);
        options ??= new RandomModelOptions();
        if (options.DataType is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16))
            throw new ArgumentException($"Weights are stored as float32, float16 or bfloat16, not {options.DataType}.", nameof(options));

        QwenModelFolder.Create(folder, draft =>
        {
            RandomModelFiles.Write(draft, shape, options);
            WriteWeights(draft, options, cancellationToken);
        });
    }

    private static void WriteWeights(string folder, RandomModelOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<RandomWeight> weights = RandomWeight.Of(QwenConfig.Load(folder));
        int width = ElementTypes.SizeOf(options.DataType);
        long total = weights.Sum(weight => weight.ElementCount) * width;
        IReadOnlyList<IReadOnlyList<RandomWeight>> shards = RandomWeight.Shard(weights, options.MaxShardBytes / width);
        long written = 0;
        for (int number = 1; number <= shards.Count; number++)
        {
            string file = Path.Combine(folder, RandomModelFiles.ShardName(number, shards.Count));
            using var writer = new SafetensorsWriter(file, shards[number - 1].Select(weight => (weight.Name, options.DataType, weight.Shape)));
            foreach (RandomWeight weight in shards[number - 1])
            {
                using Tensor tensor = Fill(weight, options, cancellationToken);
                writer.Write(tensor);
                written += weight.ElementCount * width;
                options.Progress?.Report((double)written / total);
            }
            writer.Commit();
        }
        if (shards.Count > 1)
            RandomModelFiles.WriteIndex(folder, shards, total);
    }

    private static Tensor Fill(RandomWeight weight, RandomModelOptions options, CancellationToken cancellationToken)
    {
        const int Slice = 1 << 22;
        using IDisposable noGrad = torch.no_grad();
        Tensor tensor = torch.empty(weight.Shape, dtype: options.DataType);
        using Tensor flat = tensor.view(-1);
        var numbers = new UniformNumbers(options.Seed, weight.Name);
        for (long start = 0; start < weight.ElementCount; start += Slice)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var values = new float[Math.Min(Slice, weight.ElementCount - start)];
            numbers.Fill(start, weight.Center, weight.Deviation, values);
            using Tensor source = torch.tensor(values);
            using Tensor slice = flat.narrow(0, start, values.Length);
            slice.copy_(source).Dispose();
        }
        return tensor;
    }
}
