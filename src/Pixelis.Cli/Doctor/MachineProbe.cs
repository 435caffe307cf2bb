using System.Globalization;
using System.Runtime.InteropServices;

namespace Pixelis.Cli.Doctor;

/// <summary>The processor, the memory, the system.</summary>
internal static class MachineProbe
{
    public static IEnumerable<Finding> Findings()
    {
        yield return Finding.Ok(".NET", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.OSArchitecture}");
        string memory = (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture);
        yield return Finding.Ok("processor", $"{ProcessorName()}, {Environment.ProcessorCount} logical processors, {memory} GiB of memory");
        yield return Vectors(Flags());
    }

    private static Finding Vectors(IReadOnlySet<string> flags)
    {
        if (flags.Count == 0)
            return Finding.Note("vector units", "unknown: this system does not list processor flags");
        string[] units =
        [
            Say("AVX2", "avx2"), Say("AVX-512", "avx512f"), Say("AVX-512 BF16", "avx512_bf16"), Say("AMX BF16", "amx_bf16"),
        ];
        string value = string.Join(", ", units);
        if (!flags.Contains("avx2"))
            return Finding.Warning("vector units", value, "without AVX2 every model is slow; use another machine for more than trying out");
        return Finding.Ok("vector units", value);

        string Say(string name, string flag) => $"{name} {(flags.Contains(flag) ? "yes" : "no")}";
    }

    private static string ProcessorName() =>
        ProcessorLine("model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static HashSet<string> Flags() =>
        [.. (ProcessorLine("flags") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static string? ProcessorLine(string key)
    {
        if (!File.Exists("/proc/cpuinfo"))
            return null;
        string? line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(text => text.StartsWith(key, StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
