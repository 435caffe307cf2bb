namespace Pixelis.Online.Privacy;

/// <summary>What a <see cref="PiiRedactor"/> looks for, and what it leaves behind.</summary>
public sealed record PiiOptions
{
    /// <summary>What is looked for; default everything. Names are found only when <see cref="Names"/> says which.</summary>
    public PiiCategory Categories { get; init; } = PiiCategory.All;

    /// <summary>
    /// Names to take out, of one or several words each; whole words, whatever their case. A name that is also a word ("Rose", "Will") takes that
    /// word out. Default none.
    /// </summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>
    /// Hexadecimal digits of the keyed hash in a placeholder, by which two mentions of one thing can be told from mentions of two; default 10.
    /// 4 to 64, or 0 for placeholders without one.
    /// </summary>
    public int HashLength { get; init; } = 10;

    /// <summary>Most characters of a text; default 1,000,000. Longer ones are refused rather than stored unexamined.</summary>
    public int MaxLength { get; init; } = 1_000_000;

    internal void Check()
    {
        if (HashLength is not 0 and (< 4 or > 64))
            throw new ArgumentOutOfRangeException(nameof(HashLength), HashLength, "A hash has 4 to 64 digits, or 0 for none.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLength, 1);
        ArgumentNullException.ThrowIfNull(Names);
    }
}
