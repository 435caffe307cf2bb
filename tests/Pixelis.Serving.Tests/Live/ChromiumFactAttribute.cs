namespace Pixelis.Serving.Tests.Live;

/// <summary>A fact that needs Chromium, and is skipped, with the reason, where there is none.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() =>
        Skip = Program is null ? "needs Chromium: no program named chromium, chromium-browser or google-chrome is on the path (./setup.sh tests installs it)" : null!;

    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
