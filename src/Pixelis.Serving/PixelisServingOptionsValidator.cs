using Microsoft.Extensions.Options;

namespace Pixelis.Serving;

/// <summary>Says everything that is out of range at once.</summary>
internal sealed class PixelisServingOptionsValidator : IValidateOptions<PixelisServingOptions>
{
    public ValidateOptionsResult Validate(string? name, PixelisServingOptions options)
    {
        string[] problems = [.. options.Problems()];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
