namespace Pixelis.Packaging.Tests;

/// <summary>Why packaging is not tested in a build, if it is not.</summary>
internal static class PackagingCondition
{
    /// <summary>
    /// The other flavour's packages depend on TorchSharp's native packages, whose size and source are that project's affair.
    /// </summary>
#if TORCHSHARP
    public const string? ReasonToSkip = "packages are tested in the default flavour (TensorRuntime=LibTorch)";
#else
    public const string? ReasonToSkip = null;
#endif
}

/// <summary>A fact about the packages of the default flavour.</summary>
public sealed class PackagingFactAttribute : FactAttribute
{
    public PackagingFactAttribute() => Skip = PackagingCondition.ReasonToSkip!;
}

/// <summary>A theory about the packages of the default flavour.</summary>
public sealed class PackagingTheoryAttribute : TheoryAttribute
{
    public PackagingTheoryAttribute() => Skip = PackagingCondition.ReasonToSkip!;
}
