using Pixelis.TestKit;

namespace Pixelis.Serving.Tests.Clients;

/// <summary>A fact that needs node and OpenAI's client, which setup.sh installs, and is skipped, with the reason, where one is absent.</summary>
public sealed class OpenAIClientFactAttribute : FactAttribute
{
    public OpenAIClientFactAttribute()
    {
        if (Node is null)
            Skip = "needs node, which is not on the path (./setup.sh tests installs it)";
        else if (!File.Exists(Path.Combine(Modules, "openai", "package.json")))
            Skip = "needs the npm package 'openai' in artifacts/node (./setup.sh tests installs it)";
    }

    public static string? Node { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(folder => new[] { "node", "nodejs" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public static string Modules { get; } = Path.Combine(RepositoryFolder.Path, "artifacts", "node", "node_modules");
}
