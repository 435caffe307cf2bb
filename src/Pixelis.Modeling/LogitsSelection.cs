namespace Pixelis.Modeling;

/// <summary>Which positions a forward pass computes logits for.</summary>
public enum LogitsSelection
{
    /// <summary>Every position: <c>[B, L, V]</c>.</summary>
    All,

    /// <summary>Only the last column: <c>[B, 1, V]</c>.</summary>
    Last,

    /// <summary>None; only hidden states are wanted.</summary>
    None,
}
