using System.Xml.Linq;
using Pixelis.TestKit;

namespace Pixelis.Architecture.Tests;

/// <summary>What the repository's project files say.</summary>
internal static class Repository
{
    /// <summary>Every project under <c>src</c>, <c>tests</c>, <c>samples</c> and <c>benchmarks</c>.</summary>
    public static IReadOnlyList<Project> Projects { get; } =
    [
        .. new[] { "src", "tests", "samples", "benchmarks" }
            .Select(folder => Path.Combine(RepositoryFolder.Path, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
            .Where(path => !IsBuildOutput(path))
            .Order(StringComparer.Ordinal)
            .Select(Project.Load),
    ];

    /// <summary>The projects that become packages.</summary>
    public static IEnumerable<Project> Products => Projects.Where(project => project.Group == "src");

    /// <summary>The C# files of a project, without what the build generates.</summary>
    public static IEnumerable<string> SourceFiles(Project project) =>
        Directory.EnumerateFiles(project.Folder, "*.cs", SearchOption.AllDirectories).Where(path => !IsBuildOutput(path)).Order(StringComparer.Ordinal);

    /// <summary>The path as it reads from the repository's root.</summary>
    public static string Relative(string path) => Path.GetRelativePath(RepositoryFolder.Path, path).Replace('\\', '/');

    private static bool IsBuildOutput(string path)
    {
        string relative = Relative(path);
        return relative.Contains("/bin/", StringComparison.Ordinal) || relative.Contains("/obj/", StringComparison.Ordinal);
    }

    /// <summary>A project file.</summary>
    internal sealed record Project(string Name, string Group, string Folder, XDocument Document)
    {
        /// <summary>Names of the projects it references, conditions ignored.</summary>
        public IReadOnlyList<string> References { get; } =
            [.. Document.Descendants("ProjectReference").Select(item => Path.GetFileNameWithoutExtension(Include(item)))];

        /// <summary>Names of the packages it references, conditions ignored.</summary>
        public IReadOnlyList<string> Packages { get; } = [.. Document.Descendants("PackageReference").Select(Include)];

        public static Project Load(string path) => new(
            Path.GetFileNameWithoutExtension(path),
            Relative(path).Split('/')[0],
            Path.GetDirectoryName(path)!,
            XDocument.Load(path));

        public override string ToString() => Name;

        private static string Include(XElement item) => ((string?)item.Attribute("Include") ?? "").Replace('\\', '/');
    }
}
