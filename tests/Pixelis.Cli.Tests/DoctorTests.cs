using System.Text.Json;

namespace Pixelis.Cli.Tests;

public class DoctorTests
{
    [Fact]
    public async Task Json_lists_everything_and_this_machine_is_healthy()
    {
        var result = await PixelisTool.RunAsync("doctor", "--json");
        using var report = JsonDocument.Parse(result.Output);
        var findings = report.RootElement.GetProperty("findings").EnumerateArray().ToDictionary(
            finding => finding.GetProperty("name").GetString()!, finding => (State: finding.GetProperty("state").GetString(), Value: finding.GetProperty("value").GetString()!));
        string[] expected = [".NET", "processor", "vector units", "libtorch", "BLAS", "oneDNN", "threads", "CUDA", "OpenCV", "tesseract"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), findings.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("ok", findings["libtorch"].State);
        Assert.Matches(@"^\d+\.\d+", findings["libtorch"].Value);
        Assert.Equal("ok", findings["OpenCV"].State);
        Assert.Matches(@"^\d+\.\d+", findings["OpenCV"].Value);
        Assert.Matches(@"AMX BF16 (yes|no)", findings["vector units"].Value);
        Assert.True(report.RootElement.GetProperty("healthy").GetBoolean());
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Text_ends_with_a_verdict()
    {
        var result = await PixelisTool.RunAsync("doctor");
        Assert.Equal(0, result.ExitCode);
        Assert.EndsWith("Ready.\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", result.Output, StringComparison.Ordinal);
    }
}
