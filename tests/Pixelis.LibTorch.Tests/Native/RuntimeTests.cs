#if LIBTORCH
using System.Runtime.InteropServices;
using Pixelis.LibTorch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

[Collection(nameof(ProcessWide))]
public sealed class RuntimeTests
{
    [Fact]
    public void AFailureNamesTheOperatorAndKeepsTheText()
    {
        using Tensor a = zeros([2, 3]), b = zeros([4]);
        TorchException failure = Assert.Throws<TorchException>(() => a + b);
        Assert.Equal("aten::add.Tensor", failure.Operation);
        Assert.StartsWith("aten::add.Tensor: The size of tensor a (3) must match the size of tensor b (4)", failure.Message);
        Assert.IsAssignableFrom<ExternalException>(failure);
    }

    [Fact]
    public void AnUnknownOperatorIsNamed()
    {
        var op = new Operator("aten::no_such_thing.Tensor");
        Assert.False(op.Exists);
        TorchException failure = Assert.Throws<TorchException>(() => Dispatcher.Call(op));
        Assert.Contains("aten::no_such_thing.Tensor", failure.Message);
    }

    [Fact]
    public void AMissingArgumentIsNamed()
    {
        using Tensor x = zeros([1]);
        TorchException failure = Assert.Throws<TorchException>(() => Dispatcher.Call(new Operator("aten::matmul"), x));
        Assert.Contains("'other'", failure.Message);
    }

    [Fact]
    public void LongListsAndTextsCross()
    {
        long[] sizes = Enumerable.Repeat(1L, 64).ToArray();
        using Tensor x = zeros([1]).expand(sizes);
        Assert.Equal(64, x.Dimensions);
        Tensor[] many = Enumerable.Range(0, 300).Select(i => tensor(new long[] { i })).ToArray();
        Assert.Equal(300L * 299 / 2, cat(many).sum().item<long>());
        Assert.Equal(2, einsum("abcdefgh,abcdefgh->", ones([1, 1, 1, 1, 1, 1, 1, 2]), ones([1, 1, 1, 1, 1, 1, 1, 2])).item<float>());
    }

    [Fact]
    public void AMillionOperationsLeaveMemoryFlat()
    {
        using Tensor a = ones([64, 64]), b = ones([64, 64]);
        void Add(int count)
        {
            for (int i = 0; i < count; i++)
                (a + b).Dispose();
        }
        Collect();
        Add(100_000);
        long live = Tensor.TotalCount, before = ResidentKibibytes();
        Add(1_000_000);
        Assert.Equal(live, Tensor.TotalCount);
        Assert.InRange(ResidentKibibytes() - before, long.MinValue, 10 * 1024);
    }

    [Fact]
    public void UndisposedTensorsAreReclaimed()
    {
        Collect();
        long before = Tensor.TotalCount;
        Leak();
        Assert.True(Tensor.TotalCount >= before + 100);
        Collect();
        Assert.InRange(Tensor.TotalCount, 0, before);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Leak()
        {
            var kept = new List<Tensor>();
            for (int i = 0; i < 100; i++)
                kept.Add(zeros([16]));
            GC.KeepAlive(kept);
        }
    }

    [Fact]
    public void ForgottenLargeTensorsDoNotPileUp()
    {
        // 20 GiB in all; the collector sees only the small objects in front of them.
        long most = 0;
        for (int i = 0; i < 320; i++)
        {
            _ = empty([16, 1024, 1024]);
            most = Math.Max(most, NativeMemoryPressure.LiveKibibytes);
        }
        Assert.InRange(most, 0, 2L * 1024 * 1024);
    }

    [Fact]
    public void LargeBlocksAreKeptForTheNextTensorAndGivenBack()
    {
        Collect();
        RuntimeInformation.ReleaseKeptMemory();
        IntPtr first;
        using (Tensor x = empty([32, 1024, 1024], ScalarType.Byte))
            first = Address(x);
        Assert.Equal(32 << 20, RuntimeInformation.KeptMemory);
        using (Tensor x = empty([31, 1024, 1024], ScalarType.Byte))
        {
            Assert.Equal(first, Address(x));
            Assert.Equal(0, RuntimeInformation.KeptMemory);
        }
        RuntimeInformation.ReleaseKeptMemory();
        Assert.Equal(0, RuntimeInformation.KeptMemory);
        static unsafe IntPtr Address(Tensor tensor) => (IntPtr)tensor.DataPointer;
    }

    [Fact]
    public void LiveCountsReturnAfterATrainingStep()
    {
        Collect();
        long before = Tensor.TotalCount;
        using (NewDisposeScope())
        using (var layer = nn.Linear(8, 8))
        using (var optimizer = optim.AdamW(layer.parameters()))
        {
            layer.call(ones([4, 8])).sum().backward();
            optimizer.step();
            optimizer.zero_grad();
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public unsafe void WrappedMemoryIsReleasedOnce()
    {
        float* memory = (float*)NativeMemory.Alloc(4, sizeof(float));
        for (int i = 0; i < 4; i++)
            memory[i] = i;
        int released = 0;
        Tensor view;
        using (Tensor whole = ExternalMemory.Wrap(memory, [2, 2], ScalarType.Float32, () => released++))
        {
            memory[0] = 9;
            Expect.Values(whole, 9, 1, 2, 3);
            view = whole[1];
        }
        Assert.Equal(0, released);
        Expect.Values(view, 2, 3);
        view.Dispose();
        Assert.Equal(1, released);
        NativeMemory.Free(memory);
    }

    [Fact]
    public void AnErrorInAFunctionsBackwardArrives()
    {
        using Tensor x = tensor(1f, requires_grad: true);
        using Tensor y = Failing.apply(x);
        TorchException failure = Assert.Throws<TorchException>(() => y.backward());
        Assert.Contains("on purpose", failure.Message);
    }

    [Fact]
    public void AutocastConvertsProducts()
    {
        using Tensor a = ones([4, 4]), b = ones([4, 4]);
        using (new Autocast(DeviceType.CPU))
            Assert.Equal(ScalarType.BFloat16, a.matmul(b).dtype);
        Assert.Equal(ScalarType.Float32, a.matmul(b).dtype);
    }

    [Fact]
    public void TheRuntimeDescribesItself()
    {
        Assert.Matches(@"^\d+\.\d+", RuntimeInformation.LibTorchVersion);
        Assert.Contains("libtorch_cpu", RuntimeInformation.LibTorchPath);
        Assert.True(File.Exists(RuntimeInformation.ShimPath));
        Assert.InRange(RuntimeInformation.Threads, 1, 4096);
        Assert.Contains(RuntimeInformation.Blas, (string[])["OpenBLAS", "MKL", "reference", "built in"]);
        Assert.NotEqual("", RuntimeInformation.ParallelInformation);
        Assert.True(RuntimeInformation.HasOperator("aten::add.Tensor"));
        Assert.Equal(cuda.device_count(), RuntimeInformation.CudaDeviceCount);
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static long ResidentKibibytes() =>
        File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => long.Parse(new string(line.Where(char.IsAsciiDigit).ToArray()))).First();

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => (Tensor)vars[0] * 2;

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            throw new InvalidOperationException("on purpose");
    }
}

/// <summary>Tests that count tensors or memory of the whole process run alone.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
#endif
