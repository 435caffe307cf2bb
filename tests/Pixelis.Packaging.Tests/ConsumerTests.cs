using System.Text.Json;
using Pixelis.TestKit;

namespace Pixelis.Packaging.Tests;

/// <summary>The packages in the hands of somebody who has nothing but them.</summary>
[Collection(PackagesCollection.Name)]
public class ConsumerTests(Packages packages)
{
    private const string Program = """
        using Pixelis;
        using Pixelis.Agents;
        using Pixelis.Generation;
        using Pixelis.Imaging;
        using Pixelis.Models.Qwen.RandomModels;

        var pixels = new byte[56 * 56 * 3];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i * 7);
        byte[] png = OpenCvImageCodec.Shared.Encode(PixelImage.Create(56, 56, PixelFormat.Rgb24, pixels), ImageFileFormat.Png);
        PixelImage image = OpenCvImageCodec.Shared.Decode(png);
        Console.WriteLine($"decoded {image.Width}x{image.Height} {image.Pixels.Span.SequenceEqual(pixels)}");

        RandomModel.Write("tiny", RandomModelShape.Find("tiny")!);
        await using PixelisAgent agent = PixelisAgent.Create()
            .WithModel("tiny")
            .WithGeneration(new GenerationOptions { MaxNewTokens = 4, IgnoreEndOfTurn = true })
            .Build();
        AgentAnswer answer = await agent.AskAsync("What is it?", image);
        Console.WriteLine($"sampled {answer.Tokens.Count(token => token.Provenance == TokenProvenance.Sampled)} {answer.FinishReason}");
        """;

    [PackagingFact]
    public async Task A_console_app_restores_the_packages_and_runs()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["app.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectFallbackFolders>{MachinePackages()}</RestoreAdditionalProjectFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Pixelis" Version="[{Packages.Version}]" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(folder["Program.cs"], Program);
        WriteSources(folder, clear: false);

        ChildResult built = await ChildProcess.RunAsync("dotnet", ["build", "-c", "Release", "-o", folder["out"], "-v", "q", "-nodeReuse:false"], folder.Path, packages.Environment);
        built.Succeeded();
        ChildResult ran = await ChildProcess.RunAsync("dotnet", [Path.Combine(folder["out"], "app.dll")], folder.Path, packages.Environment);
        ran.Succeeded();
        Assert.Equal("decoded 56x56 True\nsampled 4 Length\n", ran.Output);
    }

    [PackagingFact]
    public async Task The_tool_installs_and_examines_the_machine()
    {
        using var folder = new TemporaryFolder();
        WriteSources(folder, clear: true); // a tool package holds all it needs
        ChildResult installed = await ChildProcess.RunAsync(
            "dotnet", ["tool", "install", "Pixelis.Cli", "--version", Packages.Version, "--tool-path", folder["tools"]], folder.Path, packages.Environment);
        installed.Succeeded();
        ChildResult doctor = await ChildProcess.RunAsync(Path.Combine(folder["tools"], "pixelis"), ["doctor", "--json"], folder.Path, packages.Environment);
        doctor.Succeeded();
        using var report = JsonDocument.Parse(doctor.Output);
        Assert.True(report.RootElement.GetProperty("healthy").GetBoolean());
    }

    private void WriteSources(TemporaryFolder folder, bool clear) => File.WriteAllText(folder["nuget.config"], $"""
        <configuration>
          <packageSources>
            {(clear ? "<clear />" : "")}
            <add key="pixelis-test-feed" value="{packages.Feed}" />
          </packageSources>
        </configuration>
        """);

    // What other projects on this machine have already downloaded, so that the test needs no network for third-party packages.
    // It holds none of ours: those come from the feed alone, which the exact folder of the restored package proves.
    private static string MachinePackages()
    {
        string folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Assert.False(Directory.Exists(Path.Combine(folder, "pixelis", Packages.Version)), $"{folder} holds a Pixelis package; remove it, or this test would prove nothing");
        return folder;
    }
}
