namespace Pixelis.Cli.Doctor;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Value">What was found.</param>
/// <param name="Remedy">What to do about it; null when there is nothing to do.</param>
internal sealed record Finding(string Name, FindingState State, string Value, string? Remedy = null)
{
    public static Finding Ok(string name, string value) => new(name, FindingState.Ok, value);

    public static Finding Note(string name, string value, string? remedy = null) => new(name, FindingState.Note, value, remedy);

    public static Finding Warning(string name, string value, string remedy) => new(name, FindingState.Warning, value, remedy);

    public static Finding Missing(string name, string value, string remedy) => new(name, FindingState.Missing, value, remedy);
}
