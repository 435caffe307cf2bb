namespace Pixelis.Serving.Tests.Live;

/// <summary>A theory that needs Chromium, and is skipped, with the reason, where there is none.</summary>
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = new ChromiumFactAttribute().Skip;
}
