using Pixelis.TestKit;

namespace Pixelis.Agents.Tests.Reports;

/// <summary>A fact that needs Chromium and an entry of the shared data, and is skipped, with the reason, where one is absent.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute(string? shared = null)
    {
        if (Chromium.Program is null)
            Skip = "needs Chromium: no program named chromium, chromium-browser or google-chrome is on the path";
        else if (shared is not null && SharedData.TryPath(shared) is null)
            Skip = $"needs shared/{shared}, which is not beside this checkout";
    }
}
