using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Pixelis.Architecture.Tests;

/// <summary>Reads what a compiled assembly refers to, without loading it.</summary>
internal sealed class AssemblyMetadata : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    private AssemblyMetadata(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
        Name = _reader.GetString(_reader.GetAssemblyDefinition().Name);
    }

    /// <summary>The products' assemblies, as they lie beside this test.</summary>
    public static IEnumerable<AssemblyMetadata> Products() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "Pixelis*.dll")
            .Where(path => Repository.Products.Any(project => project.Name == Path.GetFileNameWithoutExtension(path)))
            .Order(StringComparer.Ordinal)
            .Select(path => new AssemblyMetadata(path));

    public string Name { get; }

    /// <summary>Simple names of the referenced assemblies.</summary>
    public IReadOnlyList<string> References =>
        [.. _reader.AssemblyReferences.Select(handle => _reader.GetString(_reader.GetAssemblyReference(handle).Name))];

    /// <summary>Names of the native libraries that methods are imported from.</summary>
    public IReadOnlyList<string> NativeLibraries =>
    [
        .. _reader.MethodDefinitions
            .Select(handle => _reader.GetMethodDefinition(handle).GetImport())
            .Where(import => !import.Module.IsNil)
            .Select(import => _reader.GetString(_reader.GetModuleReference(import.Module).Name))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Namespaces of the public types.</summary>
    public IReadOnlyList<string> PublicNamespaces =>
    [
        .. _reader.TypeDefinitions
            .Select(handle => _reader.GetTypeDefinition(handle))
            .Where(type => type.Attributes.HasFlag(System.Reflection.TypeAttributes.Public) && !type.IsNested)
            .Select(type => _reader.GetString(type.Namespace))
            .Distinct(),
    ];

    public void Dispose() => _file.Dispose();
}
