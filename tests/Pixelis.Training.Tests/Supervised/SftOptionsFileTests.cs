using Pixelis.TestKit;

namespace Pixelis.Training.Tests.Supervised;

public class SftOptionsFileTests
{
    [Fact]
    public void What_is_left_out_has_its_default()
    {
        SftOptions read = Read("""
            { // a comment
              "steps": 7, "data": { "batchSize": 3 }, "optimization": { "schedule": "linear", "learningRateFactors": { "^visual": 0.5 } },
              "curriculum": { "stages": 2 },
            }
            """);
        Assert.Equal(7, read.Steps);
        Assert.Equal(3, read.Data.BatchSize);
        Assert.Equal(4096, read.Data.MaxTokens);
        Assert.Equal(ScheduleShape.Linear, read.Optimization.Schedule);
        Assert.Equal(0.5, read.Optimization.LearningRateFactors["^visual"]);
        Assert.Equal(1e-4, read.Optimization.LearningRate);
        Assert.Equal(2, read.Curriculum!.Stages);
        Assert.Equal(0.6, read.Curriculum.PromoteAt);
        Assert.Null(Read("{}").Curriculum);
        Assert.Equal(SftOptionsFile.ToJson(new SftOptions()), SftOptionsFile.ToJson(Read("{}")));
    }

    [Theory]
    [InlineData("{\"stepps\": 7}", "stepps")]
    [InlineData("{\"data\": {\"batchSize\": \"many\"}}", "$.data.batchSize")]
    [InlineData("{\"data\": {\"batchSize\": 0}}", "BatchSize is 0")]
    [InlineData("{\"optimization\": {\"schedule\": \"steep\"}}", "$.optimization.schedule")]
    [InlineData("[1]", "object of settings")]
    [InlineData("{\"steps\": ", "field")]
    public void What_is_wrong_is_named_with_its_file(string json, string expected)
    {
        string message = Assert.Throws<PixelisException>(() => Read(json)).Message;
        Assert.Contains("options.json", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("absent.json", Assert.Throws<PixelisException>(() => SftOptionsFile.Read(Path.Combine(Path.GetTempPath(), "absent.json"))).Message);

    private static SftOptions Read(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["options.json"], json);
        return SftOptionsFile.Read(folder["options.json"]);
    }
}
