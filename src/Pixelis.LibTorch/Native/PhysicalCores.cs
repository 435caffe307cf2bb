namespace Pixelis.LibTorch.Native;

/// <summary>
/// Counts the cores this process may use. Two threads on one core share its vector units, so a second one gains nothing in
/// matrix products.
/// </summary>
internal static class PhysicalCores
{
    /// <summary>Distinct cores in the kernel's topology, at most what affinity and container limits allow; at least 1.</summary>
    internal static int Count()
    {
        int allowed = Environment.ProcessorCount;
        var cores = new HashSet<(string Package, string Core)>();
        try
        {
            foreach (string cpu in Directory.EnumerateDirectories("/sys/devices/system/cpu", "cpu*"))
            {
                string package = Path.Combine(cpu, "topology", "physical_package_id");
                string core = Path.Combine(cpu, "topology", "core_id");
                if (File.Exists(package) && File.Exists(core))
                    cores.Add((File.ReadAllText(package).Trim(), File.ReadAllText(core).Trim()));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Math.Max(1, allowed);
        }
        return Math.Max(1, cores.Count == 0 ? allowed : Math.Min(allowed, cores.Count));
    }
}
