using Microsoft.Extensions.Options;

namespace Pixelis.Online.Hosting;

/// <summary>Checks the settings of learning while serving when the host starts.</summary>
internal sealed class OnlineEvolutionOptionsValidator : IValidateOptions<OnlineEvolutionOptions>
{
    public ValidateOptionsResult Validate(string? name, OnlineEvolutionOptions options)
    {
        try
        {
            options.Validate();
            return ValidateOptionsResult.Success;
        }
        catch (PixelisException e)
        {
            return ValidateOptionsResult.Fail($"Pixelis online: {e.Message}");
        }
    }
}
