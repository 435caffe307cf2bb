#if LIBTORCH
using System.Reflection;
using System.Runtime.Loader;
using Pixelis.LibTorch.Native;
using Pixelis.TestKit;

namespace Pixelis.LibTorch.Tests;

[Collection(nameof(ProcessWide))]
public sealed class LibTorchLoaderTests
{
    [Fact]
    public void AMissingShimIsToldInOneSentence()
    {
        using var folder = new TemporaryFolder();
        Exception failure = LoadFrom(folder.Path);
        Assert.Equal("Pixelis.LibTorch.LibTorchNotFoundException", failure.GetType().FullName);
        Assert.Contains("libpixelis_torch.so is not in", failure.Message);
        Assert.Contains("./setup.sh", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void AShimThatDoesNotFitIsToldInOneSentence()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "libpixelis_torch.so"), "this is no library");
        Exception failure = LoadFrom(folder.Path);
        Assert.Equal("Pixelis.LibTorch.LibTorchNotFoundException", failure.GetType().FullName);
        Assert.Contains("does not load with the libtorch on this machine", failure.Message);
        Assert.Contains("./setup.sh", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void ThreadsAreThePhysicalCoresUnlessChosen()
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is not null)
            return;
        Assert.Equal(PhysicalCores.Count(), RuntimeInformation.Threads);
        Assert.InRange(PhysicalCores.Count(), 1, Environment.ProcessorCount);
    }

    // A second copy of the assembly, which has not loaded its library yet.
    private static Exception LoadFrom(string folder)
    {
        string? before = Environment.GetEnvironmentVariable("PIXELIS_NATIVE");
        Environment.SetEnvironmentVariable("PIXELIS_NATIVE", folder);
        var context = new AssemblyLoadContext(nameof(LoadFrom), isCollectible: true);
        try
        {
            Assembly copy = context.LoadFromAssemblyPath(typeof(RuntimeInformation).Assembly.Location);
            MethodInfo read = copy.GetType("TorchSharp.torch")!.GetMethod("get_num_threads")!;
            return Assert.Throws<TargetInvocationException>(() => read.Invoke(null, null)).InnerException!;
        }
        finally
        {
            context.Unload();
            Environment.SetEnvironmentVariable("PIXELIS_NATIVE", before);
        }
    }
}
#endif
