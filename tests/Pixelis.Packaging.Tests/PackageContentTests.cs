using System.IO.Compression;
using System.Xml.Linq;

namespace Pixelis.Packaging.Tests;

/// <summary>What lies in each package.</summary>
[Collection(PackagesCollection.Name)]
public class PackageContentTests(Packages packages)
{
    public static TheoryData<string> Libraries() => [.. Packages.Products.Where(name => name != "Pixelis.Cli")];

    public static TheoryData<string> All() => [.. Packages.Products];

    public static TheoryData<string, string> WithShims()
    {
        var data = new TheoryData<string, string>();
        foreach ((string product, string shim) in Packages.Shims)
            data.Add(product, shim);
        return data;
    }

    [PackagingTheory]
    [MemberData(nameof(All))]
    public void Readme_licence_and_description_are_there(string product)
    {
        using ZipArchive package = packages.Open(product);
        Assert.True(Length(package, "README.md") > 200, "the README is missing or empty");
        Assert.True(Length(package, "LICENSE") > 10_000, "the licence text is missing");
        XElement metadata = Nuspec(package).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal(product, Value("id"));
        Assert.Equal("Apache-2.0", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.True(Value("description").Length > 30);
    }

    [PackagingTheory]
    [MemberData(nameof(Libraries))]
    public void Assembly_documentation_and_symbols_are_there(string product)
    {
        using ZipArchive package = packages.Open(product);
        Assert.True(Length(package, $"lib/net10.0/{product}.dll") > 0);
        Assert.True(Length(package, $"lib/net10.0/{product}.xml") > 0);
        using ZipArchive symbols = packages.Open(product, "snupkg");
        Assert.True(Length(symbols, $"lib/net10.0/{product}.pdb") > 0);
    }

    [PackagingTheory]
    [MemberData(nameof(WithShims))]
    public void Native_shim_is_there(string product, string shim)
    {
        using ZipArchive package = packages.Open(product);
        using Stream stream = package.GetEntry($"runtimes/linux-x64/native/{shim}")?.Open()
            ?? throw new InvalidOperationException($"no runtimes/linux-x64/native/{shim}; run ./setup.sh before packing");
        var magic = new byte[4];
        stream.ReadExactly(magic);
        Assert.Equal([0x7F, (byte)'E', (byte)'L', (byte)'F'], magic);
    }

    [PackagingFact]
    public void The_tool_brings_its_shims_and_is_named_pixelis()
    {
        using ZipArchive tool = packages.Open("Pixelis.Cli");
        foreach (string shim in Packages.Shims.Values)
            Assert.True(Length(tool, $"tools/net10.0/any/runtimes/linux-x64/native/{shim}") > 0);
        using var reader = new StreamReader(tool.GetEntry("tools/net10.0/any/DotnetToolSettings.xml")!.Open());
        XElement command = XDocument.Load(reader).Descendants("Command").Single();
        Assert.Equal("pixelis", (string?)command.Attribute("Name"));
    }

    private static long Length(ZipArchive package, string entry) => package.GetEntry(entry)?.Length ?? -1;

    private static XDocument Nuspec(ZipArchive package)
    {
        using Stream stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }
}
