using Pixelis.TestKit;

namespace Pixelis.Agents.Tests.Reports;

/// <summary>Opens pages in headless Chromium, without a network.</summary>
internal static class Chromium
{
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>The document as the browser understood it, and all that the browser had to say: console messages, refused requests.</summary>
    public static Task<ChildResult> DumpAsync(string page, string profile) => RunAsync(page, profile, "--dump-dom");

    public static Task<ChildResult> ScreenshotAsync(string page, string profile, string picture, int width, int height) =>
        RunAsync(page, profile, $"--screenshot={picture}", $"--window-size={width},{height}", "--hide-scrollbars");

    private static async Task<ChildResult> RunAsync(string page, string profile, params string[] options) => (await ChildProcess.RunAsync(
        Program!,
        ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking", $"--user-data-dir={profile}",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--log-level=0", "--timeout=30000", .. options, new Uri(page).AbsoluteUri],
        limit: TimeSpan.FromMinutes(2))).Succeeded();
}
