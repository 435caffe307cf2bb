using System.Globalization;
using System.Runtime.InteropServices;
using Pixelis.TestKit;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

/// <summary>Peak memory of loading, by the kernel's own count. Alone in its process while it runs: others would be counted too.</summary>
[Collection(nameof(Alone))]
public sealed partial class LoadingMemoryTests(ITestOutputHelper output)
{
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    [Theory]
    [InlineData(ScalarType.BFloat16, ScalarType.Float32)]  // converted
    [InlineData(ScalarType.Float32, ScalarType.BFloat16)]  // converted, the file twice the weights
    [InlineData(ScalarType.Float32, ScalarType.Float32)]   // mapped
    public void Loading_peaks_at_no_more_than_115_percent_of_the_weights(ScalarType stored, ScalarType wanted)
    {
        if (!CanResetPeak())
        {
            output.WriteLine("the kernel's peak counter cannot be reset here; nothing was measured");
            return;
        }

        using var folder = new TemporaryFolder();
        QwenConfig config = SmallModel.Text(QwenArchitecture.Qwen2);
        config = config with { Text = config.Text with { HiddenSize = 512, HeadSize = 128, IntermediateSize = 2816, LayerCount = 12, VocabularySize = 16384 } };
        SmallModel.Write(config, folder.Path, stored, shard: 64 << 20);
        long weights = QwenWeightMap.Of(config).Sum(spec => spec.ElementCount) * (wanted == ScalarType.Float32 ? 4 : 2);
        Load(SmallModel.Text(), stored, wanted, "warm"); // code and threads that any first load brings in do not count
        GC.Collect();
        _ = Trim(0); // what the allocator kept would otherwise be filled before anything is seen to grow
        long before = Status("VmRSS");
        File.WriteAllText("/proc/self/clear_refs", "5");
        using QwenModel model = QwenModel.FromPretrained(folder.Path, new QwenModelOptions { DataType = wanted, CheckFinite = true });
        long peak = Status("VmHWM") - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stored} to {wanted}: weights {weights >> 20} MiB, peak {peak >> 20} MiB, {(double)peak / weights:F3} times"));
        Assert.True(peak <= weights * 1.15, $"peak {peak} for weights of {weights}");
    }

    private static void Load(QwenConfig config, ScalarType stored, ScalarType wanted, string name)
    {
        using var folder = new TemporaryFolder();
        SmallModel.Write(config, folder[name], stored);
        using QwenModel model = QwenModel.FromPretrained(folder[name], new QwenModelOptions { DataType = wanted, CheckFinite = true });
    }

    private static bool CanResetPeak()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);

    private static long Status(string field)
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
