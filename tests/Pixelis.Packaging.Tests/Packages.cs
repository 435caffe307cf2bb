using System.IO.Compression;
using System.Xml.Linq;
using Pixelis.TestKit;

namespace Pixelis.Packaging.Tests;

/// <summary>Every product, packed once into a folder of its own that serves as a feed.</summary>
public sealed class Packages : IAsyncLifetime
{
    public const string Version = "0.1.0";

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly TemporaryFolder _folder = new();

    /// <summary>Names of the products, the tool included.</summary>
    public static IReadOnlyList<string> Products { get; } =
    [
        .. Directory.EnumerateDirectories(Path.Combine(RepositoryFolder.Path, "src"))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => File.Exists(ProjectFile(name)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Those that bring a native shim, and its file name.</summary>
    public static IReadOnlyDictionary<string, string> Shims { get; } = Products
        .Select(name => (Name: name, Shim: (string?)XDocument.Load(ProjectFile(name)).Descendants("NativeShim").FirstOrDefault()))
        .Where(product => product.Shim is not null)
        .ToDictionary(product => product.Name, product => $"lib{product.Shim}.so");

    public string Feed => _folder["feed"];

    /// <summary>What package consumers need in the environment: nothing of this process's build, no shared caches.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["NUGET_PACKAGES"] = _folder["packages"],
        ["DOTNET_CLI_HOME"] = _folder["home"],
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["TensorRuntime"] = null,
        // Set by the test host for itself; a child would start with this test's framework settings.
        ["DOTNET_STARTUP_HOOKS"] = null,
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildSDKsPath"] = null,
        ["MSBuildExtensionsPath"] = null,
    };

    public ZipArchive Open(string product, string extension = "nupkg") => ZipFile.OpenRead(Path.Combine(Feed, $"{product}.{Version}.{extension}"));

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Feed);
        foreach (string product in Products)
        {
            ChildResult packed = await ChildProcess.RunAsync(
                "dotnet", ["pack", ProjectFile(product), "--no-build", "-c", Configuration, "-o", Feed, "-v", "q", "-nodeReuse:false"], RepositoryFolder.Path);
            packed.Succeeded();
        }
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private static string ProjectFile(string product) => Path.Combine(RepositoryFolder.Path, "src", product, product + ".csproj");
}
