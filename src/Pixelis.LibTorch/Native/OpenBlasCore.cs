using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Pixelis.LibTorch.Native;

/// <summary>
/// Chooses OPENBLAS_CORETYPE for CPUs that OpenBLAS 0.3.21 (Debian 12) does not know: it falls back to its SSE3 kernels there,
/// a third to a quarter of the speed. On CPUs it knows its own detection is left alone; measured on Zen 4, where it detects
/// Cooperlake, no other setting was faster.
/// </summary>
internal static class OpenBlasCore
{
    /// <summary>The newest Intel model number (family 6) that OpenBLAS 0.3.21 maps to a kernel set of its generation.</summary>
    private const int NewestKnownIntelModel = 0xBF;

    /// <summary>Server and client models beyond Alder Lake numbering that it does not know although they are smaller.</summary>
    private static readonly int[] UnknownIntelModels = [0xAA, 0xAC, 0xAD, 0xAE, 0xB5, 0xBD];

    /// <summary>The core type to set, null to leave detection alone.</summary>
    internal static string? Choose()
    {
        if (!X86Base.IsSupported)
            return null;
        (string vendor, int family, int model) = Identify();
        bool unknown = vendor switch
        {
            "GenuineIntel" => family > 6 || (family == 6 && (model > NewestKnownIntelModel || UnknownIntelModels.Contains(model))),
            "AuthenticAMD" => family > 0x19,
            _ => false,
        };
        return unknown ? ForInstructionSets() : null;
    }

    private static string? ForInstructionSets()
    {
        if (Avx512F.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported)
            return HasAvx512Bf16() ? "Cooperlake" : "SkylakeX";
        return Avx2.IsSupported && Fma.IsSupported ? "Haswell" : null;
    }

    /// <summary>Whether the CPU has AVX-512 BF16 (CPUID leaf 7, subleaf 1, EAX bit 5).</summary>
    internal static bool HasAvx512Bf16() =>
        X86Base.IsSupported && Avx512F.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;

    /// <summary>Whether the CPU has AMX tiles and their bf16 product (CPUID leaf 7, EDX bits 24 and 22).</summary>
    internal static bool HasAmxBf16() =>
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7
        && (X86Base.CpuId(7, 0).Edx & (1 << 24)) != 0 && (X86Base.CpuId(7, 0).Edx & (1 << 22)) != 0;

    private static (string Vendor, int Family, int Model) Identify()
    {
        (_, int ebx, int ecx, int edx) = X86Base.CpuId(0, 0);
        Span<byte> name = stackalloc byte[12];
        BitConverter.TryWriteBytes(name, ebx);
        BitConverter.TryWriteBytes(name[4..], edx);
        BitConverter.TryWriteBytes(name[8..], ecx);

        int signature = X86Base.CpuId(1, 0).Eax;
        int family = (signature >> 8) & 0xF;
        int model = (signature >> 4) & 0xF;
        if (family is 6 or 0xF)
            model |= ((signature >> 16) & 0xF) << 4;
        if (family == 0xF)
            family += (signature >> 20) & 0xFF;
        return (Encoding.ASCII.GetString(name), family, model);
    }
}
