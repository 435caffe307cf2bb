namespace Pixelis.Architecture.Tests;

/// <summary>
/// The drawing of docs/architecture.md as a table: what each project may reference directly. References point down only.
/// A new project gets a row here, deliberately, together with its box in the drawing.
/// </summary>
internal static class ReferenceRules
{
    /// <summary>Direct references that are allowed, by project.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Pixelis.Abstractions"] = [],
        ["Pixelis.LibTorch"] = [],
        ["Pixelis.Testing"] = ["Pixelis.Abstractions"],
        ["Pixelis.Imaging"] = ["Pixelis.Abstractions"],
        ["Pixelis.Tensors"] = ["Pixelis.Abstractions", "Pixelis.LibTorch"],
        ["Pixelis.Modeling"] = ["Pixelis.Abstractions", "Pixelis.Tensors"],
        ["Pixelis.Generation"] = ["Pixelis.Abstractions", "Pixelis.Modeling"],
        ["Pixelis.Models.Qwen"] = ["Pixelis.Abstractions", "Pixelis.Generation", "Pixelis.Modeling", "Pixelis.Tensors"],
        ["Pixelis.Tools.Visual"] = ["Pixelis.Abstractions", "Pixelis.Imaging"],
        ["Pixelis.Models.Sam"] = ["Pixelis.Abstractions", "Pixelis.Modeling", "Pixelis.Tensors", "Pixelis.Tools.Visual"],
        ["Pixelis.Agents"] = ["Pixelis.Abstractions", "Pixelis.Imaging", "Pixelis.Models.Qwen", "Pixelis.Tools.Visual"],
        ["Pixelis.Data"] = ["Pixelis.Abstractions", "Pixelis.Agents", "Pixelis.Imaging", "Pixelis.Tools.Visual"],
        ["Pixelis.Evaluation"] = ["Pixelis.Abstractions", "Pixelis.Agents", "Pixelis.Data", "Pixelis.Imaging", "Pixelis.Tools.Visual"],
        ["Pixelis.Rewards"] = ["Pixelis.Abstractions", "Pixelis.Tensors"],
        ["Pixelis.Training"] = ["Pixelis.Abstractions", "Pixelis.Agents", "Pixelis.Data", "Pixelis.Evaluation", "Pixelis.Modeling", "Pixelis.Rewards", "Pixelis.Tensors"],
        ["Pixelis.Online"] =
        [
            "Pixelis.Abstractions", "Pixelis.Agents", "Pixelis.Data", "Pixelis.Evaluation", "Pixelis.Imaging", "Pixelis.Modeling", "Pixelis.Models.Qwen",
            "Pixelis.Rewards", "Pixelis.Training",
        ],
        ["Pixelis.Serving"] = ["Pixelis.Abstractions", "Pixelis.Agents", "Pixelis.Imaging", "Pixelis.Online"],
        ["Pixelis"] = ["Pixelis.Agents", "Pixelis.Models.Sam"],
        ["Pixelis.Cli"] = ["Pixelis", "Pixelis.Data", "Pixelis.Evaluation", "Pixelis.Online", "Pixelis.Rewards", "Pixelis.Serving", "Pixelis.Training"],
    };

    /// <summary>Packages that products may use, beside Microsoft.Extensions.* abstractions and System.*.</summary>
    public static IReadOnlyDictionary<string, string[]> AllowedPackages { get; } = new Dictionary<string, string[]>
    {
        ["Pixelis.Tensors"] = ["TorchSharp", "TorchSharp-cuda-linux"],
        ["Pixelis.Online"] = ["Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3"],
        ["Pixelis.Cli"] = ["System.CommandLine", "Spectre.Console"],
        ["Pixelis.Testing"] = ["FsCheck", "xunit.core", "xunit.assert"],
    };

    /// <summary>Products that must not see tensors: what they hold is used without libtorch, or must stay free of native lifetimes.</summary>
    public static IReadOnlyList<string> TensorFree { get; } = ["Pixelis.Abstractions", "Pixelis.Imaging", "Pixelis.Online", "Pixelis.Testing", "Pixelis.Tools.Visual"];

    /// <summary>Which product may call into which of our native shims.</summary>
    public static IReadOnlyDictionary<string, string[]> Shims { get; } = new Dictionary<string, string[]>
    {
        ["pixelis_torch"] = ["Pixelis.LibTorch"],
        ["pixelis_vision"] = ["Pixelis.Imaging", "Pixelis.Tools.Visual"],
        ["pixelis_index"] = ["Pixelis.Online"],
    };
}
