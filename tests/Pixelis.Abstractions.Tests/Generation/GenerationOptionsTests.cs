using Pixelis.Generation;

namespace Pixelis.Abstractions.Tests.Generation;

public class GenerationOptionsTests
{
    public static TheoryData<GenerationOptions, string> Bad => new()
    {
        { new GenerationOptions { MaxNewTokens = 0 }, nameof(GenerationOptions.MaxNewTokens) },
        { new GenerationOptions { Temperature = -0.1 }, nameof(GenerationOptions.Temperature) },
        { new GenerationOptions { Temperature = double.NaN }, nameof(GenerationOptions.Temperature) },
        { new GenerationOptions { TopK = -1 }, nameof(GenerationOptions.TopK) },
        { new GenerationOptions { TopP = 0 }, nameof(GenerationOptions.TopP) },
        { new GenerationOptions { TopP = 1.01 }, nameof(GenerationOptions.TopP) },
        { new GenerationOptions { TopP = double.NaN }, nameof(GenerationOptions.TopP) },
        { new GenerationOptions { MinP = 1 }, nameof(GenerationOptions.MinP) },
        { new GenerationOptions { RepetitionPenalty = 0 }, nameof(GenerationOptions.RepetitionPenalty) },
        { new GenerationOptions { PresencePenalty = double.PositiveInfinity }, nameof(GenerationOptions.PresencePenalty) },
        { new GenerationOptions { StopStrings = [""] }, nameof(GenerationOptions.StopStrings) },
        { new GenerationOptions { StopTokenIds = [-1] }, nameof(GenerationOptions.StopTokenIds) },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_value_outside_its_range_is_named(GenerationOptions options, string property)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(options.Validate);
        Assert.Equal(property, error.ParamName);
        Assert.Contains("expected", error.Message);
    }

    [Fact]
    public void The_defaults_and_the_borders_are_valid()
    {
        new GenerationOptions().Validate();
        new GenerationOptions { MaxNewTokens = 1, TopP = 1e-9, MinP = 0.999, Temperature = 100, PresencePenalty = -2 }.Validate();
    }
}
