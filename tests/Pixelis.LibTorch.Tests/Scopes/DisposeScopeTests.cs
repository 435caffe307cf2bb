using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

public sealed class DisposeScopeTests
{
    [Fact]
    public void AScopeDisposesWhatWasMadeInside()
    {
        Tensor inside, kept, detached;
        using (DisposeScope outer = NewDisposeScope())
        {
            using (DisposeScope inner = NewDisposeScope())
            {
                inside = zeros([2]);
                kept = (inside + 1).MoveToOuterDisposeScope();
                detached = (inside + 2).DetachFromDisposeScope();
                Assert.Equal(1, inner.DisposablesCount);
                Assert.Same(inner, CurrentDisposeScope);
            }
            Assert.True(inside.IsInvalid);
            Assert.False(kept.IsInvalid);
            Assert.True(outer.Contains(kept));
        }
        Assert.True(kept.IsInvalid);
        Assert.False(detached.IsInvalid);
        detached.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void EverythingButTheKeptGoes()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor a = zeros([1]), b = ones([1]);
        Assert.Same(b, scope.DisposeEverythingBut(b));
        Assert.True(a.IsInvalid);
        Assert.False(b.IsInvalid);
    }

    [Fact]
    public void AParameterTakesThePlaceOfItsData()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor data = zeros([1]);
        var parameter = new TorchSharp.Modules.Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(scope.Contains(parameter));
    }

    [Fact]
    public void UsingADisposedTensorIsRefused()
    {
        Tensor x = zeros([1]);
        x.Dispose();
        x.Dispose();
        Assert.Throws<InvalidOperationException>(() => x.sum());
    }

    [Fact]
    public void AttachedTensorsGoWithTheScope()
    {
        Tensor x = zeros([1]);
        using (DisposeScope scope = NewDisposeScope())
        {
            scope.Attach(x);
            Assert.True(scope.Contains(x));
        }
        Assert.True(x.IsInvalid);
    }
}
