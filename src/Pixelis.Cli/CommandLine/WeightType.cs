using TorchSharp;

namespace Pixelis.Cli.CommandLine;

/// <summary>Number formats as the command line spells them.</summary>
internal enum WeightType
{
    F32,
    F16,
    BF16,
}

/// <summary>From the command line's spelling to the library's.</summary>
internal static class WeightTypes
{
    public static torch.ScalarType ToScalarType(this WeightType type) => type switch
    {
        WeightType.F32 => torch.ScalarType.Float32,
        WeightType.F16 => torch.ScalarType.Float16,
        _ => torch.ScalarType.BFloat16,
    };
}
