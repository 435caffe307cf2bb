namespace Pixelis.TestKit;

/// <summary>A folder that is removed when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes an empty folder under the system's temporary folder.</summary>
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("pixelis-test-").FullName;

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The full path of an entry of the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
