namespace Pixelis.Training.Grpo;

/// <summary>What a group of rewards has to say.</summary>
public enum GroupSignal
{
    /// <summary>Rewards differ: something can be learnt.</summary>
    Varied,

    /// <summary>At least two rewards are known, and all are equal, bit for bit: every advantage is 0.</summary>
    Uniform,

    /// <summary>One reward is known, in a group of one or because the others are not: there is nothing to compare it to; every advantage is 0.</summary>
    Single,

    /// <summary>No reward is known: every advantage is 0.</summary>
    Unknown,
}
