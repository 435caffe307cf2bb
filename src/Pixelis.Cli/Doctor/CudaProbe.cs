using System.Diagnostics;
using Pixelis.Cli.CommandLine;
using TorchSharp;

namespace Pixelis.Cli.Doctor;

/// <summary>GPUs: what the driver lists and what libtorch can use.</summary>
internal static class CudaProbe
{
    public static IEnumerable<Finding> Findings()
    {
        int usable;
        try
        {
            usable = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        }
        catch (Exception problem)
        {
            return [Finding.Note("CUDA", $"libtorch does not answer: {ErrorText.Brief(problem)}")];
        }
        string[] devices = DriverDevices();
        if (usable > 0)
            return [Finding.Ok("CUDA", $"{usable} usable: {string.Join("; ", devices)}")];
        if (devices.Length > 0)
        {
            return
            [
                Finding.Warning("CUDA", $"none usable, although the driver lists {string.Join("; ", devices)}",
                    "this libtorch has no CUDA: set PIXELIS_LIBTORCH to the torch folder of a CUDA build of PyTorch and run ./setup.sh again"),
            ];
        }
        return [Finding.Note("CUDA", "no device; models run on the processor")];
    }

    private static string[] DriverDevices()
    {
        try
        {
            using var query = Process.Start(new ProcessStartInfo("nvidia-smi", ["--query-gpu=name,memory.total", "--format=csv,noheader"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            string text = query.StandardOutput.ReadToEnd();
            return query.WaitForExit(TimeSpan.FromSeconds(10)) && query.ExitCode == 0
                ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : [];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return []; // no driver
        }
    }
}
