using TorchSharp.Modules;

namespace Pixelis.Models.Qwen;

/// <summary>Where a module tree gets its parameters from, by checkpoint name.</summary>
internal interface IParameterSource
{
    /// <summary>The parameter of that name; the caller owns it.</summary>
    Parameter Take(string name);
}
