using BenchmarkDotNet.Attributes;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Benchmarks.Model;

/// <summary>The smallest operations: what one call costs, and what a decoding step is made of.</summary>
public class TensorBenchmarks
{
    private Tensor _small = null!;
    private Tensor _row = null!;
    private Tensor _normWeight = null!;
    private Tensor _weight = null!;
    private Tensor _halfRow = null!;
    private Tensor _halfWeight = null!;
    private IDisposable _mode = null!;

    [GlobalSetup]
    public void Make()
    {
        torch.set_num_threads(1);
        _mode = torch.inference_mode();
        _small = torch.randn([64, 64]);
        _row = torch.randn([1, 512]);
        _normWeight = torch.randn(512);
        _weight = torch.randn([2816, 512]);
        _halfRow = _row.to(ScalarType.BFloat16);
        _halfWeight = _weight.to(ScalarType.BFloat16);
    }

    [GlobalCleanup]
    public void Release() => _mode.Dispose();

    [Benchmark(Description = "64x64 add")]
    public void Add() => (_small + _small).Dispose();

    [Benchmark(Description = "RMS norm, 1x512")]
    public void Norm() => RootMeanSquareNorm.Apply(_row, _normWeight, 1e-6).Dispose();

    [Benchmark(Description = "matrix-vector 2816x512, f32")]
    public void MatrixVector() => LinearMap.Apply(_row, _weight, null).Dispose();

    [Benchmark(Description = "matrix-vector 2816x512, bf16")]
    public void MatrixVectorHalf() => LinearMap.Apply(_halfRow, _halfWeight, null).Dispose();
}
