using System.Diagnostics;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.RandomModels;
using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Benchmarks.Model;

/// <summary>Our side of a <see cref="ModelCase"/>: a model with random weights through the public classes.</summary>
internal sealed class ModelWorkload : IDisposable
{
    private const int Prompt = 512;
    private const int Generated = 64;
    private const int GroupPrompt = 64;
    private const int TrainBatch = 4;
    private const int TrainLength = 256;

    private readonly ModelCase _case;
    private readonly QwenModel _model;
    private readonly long[] _ids;
    private readonly Func<TimeSpan> _now;
    private readonly optim.Optimizer? _optimizer;

    /// <summary>Makes the model's folder if <paramref name="cache"/> lacks it, and loads it.</summary>
    /// <param name="model">What to do.</param>
    /// <param name="cache">Where model folders are kept.</param>
    /// <param name="processorTime">Whether the processor's time is taken instead of the wall's: for a machine with other work on it.</param>
    public ModelWorkload(ModelCase model, string cache, bool processorTime)
    {
        _now = processorTime ? () => Process.GetCurrentProcess().TotalProcessorTime : () => Stopwatch.GetElapsedTime(0);
        _case = model;
        torch.set_num_threads(model.Threads);
        RandomModelShape shape = RandomModelShape.Find(model.Shape) ?? throw new ArgumentException($"'{model.Shape}' is no shape.");
        string folder = Path.Combine(cache, shape.Name);
        if (!Directory.Exists(folder))
            RandomModel.Write(folder, shape);
        bool trains = model.Work == "train";
        _model = QwenModel.FromPretrained(folder, new QwenModelOptions
        {
            DataType = model.Type == "bf16" ? ScalarType.BFloat16 : ScalarType.Float32,
            Trainable = trains,
        });
        var random = new Random(0);
        // Ids below the added tokens: none of them opens a picture.
        _ids = [.. Enumerable.Range(0, Math.Max(Prompt, TrainBatch * (TrainLength + 1))).Select(_ => random.NextInt64(shape.VocabularySize - 1000))];
        Parameter[] text = [.. _model.Module.named_parameters().Where(p => !p.name.StartsWith("visual", StringComparison.Ordinal)).Select(p => p.parameter)];
        _optimizer = trains ? optim.AdamW(text, lr: 1e-4, weight_decay: 0.01) : null;
    }

    /// <summary>Tokens that one <see cref="Run"/> handles.</summary>
    public int Tokens => _case.Work switch
    {
        "prefill" => Prompt,
        "decode" => Generated,
        "group" => 8 * Generated,
        _ => TrainBatch * TrainLength,
    };

    /// <summary>Does the work once and returns the seconds it took.</summary>
    public double Run()
    {
        Action work = _case.Work switch
        {
            "prefill" => Prefill,
            "decode" => Decode,
            "group" => GroupOfEight,
            _ => TrainStep,
        };
        TimeSpan start = _now();
        work();
        return (_now() - start).TotalSeconds;
    }

    public void Dispose()
    {
        _optimizer?.Dispose();
        _model.Dispose();
    }

    private void Prefill()
    {
        using IDisposable mode = torch.inference_mode();
        using DisposeScope scope = torch.NewDisposeScope();
        using KeyValueCache cache = _model.CreateCache(1, Prompt + 8);
        Forward(torch.tensor(_ids[..Prompt], [1, Prompt]), cache);
    }

    private void Decode()
    {
        using IDisposable mode = torch.inference_mode();
        using KeyValueCache cache = _model.CreateCache(1, Generated + 8);
        Steps(cache, 1);
    }

    /// <summary>The shared prompt is read once, inside the measured time; the peer's batch starts without one.</summary>
    private void GroupOfEight()
    {
        using IDisposable mode = torch.inference_mode();
        using DisposeScope scope = torch.NewDisposeScope();
        using KeyValueCache prompt = _model.CreateCache(1, GroupPrompt);
        Forward(torch.tensor(_ids[..GroupPrompt], [1, GroupPrompt]), prompt);
        using KeyValueCache cache = prompt.Fork(8, GroupPrompt + Generated + 8);
        Steps(cache, 8);
    }

    private void Steps(KeyValueCache cache, int rows)
    {
        long[] next = [.. _ids.Take(rows)];
        for (int i = 0; i < Generated; i++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Tensor logits = Forward(torch.tensor(next, [rows, 1]), cache);
            next = logits.argmax(-1).data<long>().ToArray();
        }
    }

    private Tensor Forward(Tensor ids, KeyValueCache cache)
    {
        var inputs = new ModelInputs { InputIds = ids };
        return _model.Forward(inputs, cache, new ForwardOptions { Logits = LogitsSelection.Last }).Logits!;
    }

    private void TrainStep()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor all = torch.tensor(_ids[..(TrainBatch * (TrainLength + 1))], [TrainBatch, TrainLength + 1]);
        Tensor loss;
        using (Region())
        {
            ModelOutput output = _model.Forward(new ModelInputs { InputIds = all.narrow(1, 0, TrainLength).contiguous() });
            loss = TokenLogProbs.Of(output.Logits!, all.narrow(1, 1, TrainLength)).mean().neg();
        }

        _optimizer!.zero_grad();
        loss.backward();
        _optimizer.step();
    }

#if LIBTORCH
    private Pixelis.LibTorch.Autocast? Region() => _case.Type == "autocast" ? new Pixelis.LibTorch.Autocast(DeviceType.CPU) : null;
#else
    private IDisposable? Region() =>
        _case.Type == "autocast" ? throw new NotSupportedException("TorchSharp has no public autocast region.") : null;
#endif
}
