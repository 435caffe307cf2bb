using TorchSharp.Modules;

namespace Pixelis.Models.Qwen;

/// <summary>Remembers what a half-built module tree has taken, so that a failure frees all of it.</summary>
internal sealed class ParameterLedger(IParameterSource source) : IParameterSource, IDisposable
{
    private readonly List<Parameter> _taken = [];

    public Parameter Take(string name)
    {
        Parameter parameter = source.Take(name);
        _taken.Add(parameter);
        return parameter;
    }

    /// <summary>The tree is whole and owns its parameters now.</summary>
    public void Release() => _taken.Clear();

    public void Dispose()
    {
        foreach (Parameter parameter in _taken)
            parameter.Dispose();
    }
}
