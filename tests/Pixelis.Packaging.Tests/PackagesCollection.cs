namespace Pixelis.Packaging.Tests;

/// <summary>All suites here share one packing.</summary>
[CollectionDefinition(Name)]
public class PackagesCollection : ICollectionFixture<Packages>
{
    public const string Name = "packages";
}
