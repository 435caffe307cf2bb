using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// A module whose parameters and children are registered by name and by nothing else. TorchSharp's reflection over fields is
/// switched off: names must equal the keys of a checkpoint, and caches kept in fields are not part of the state.
/// </summary>
public abstract class NamedModule : nn.Module
{
    /// <summary>Makes a module; the name is for debugging.</summary>
    protected NamedModule(string name)
        : base(name)
    {
    }

    /// <summary>Does nothing: registration is explicit.</summary>
    protected sealed override void RegisterComponents()
    {
    }

    /// <summary>Registers a parameter under its checkpoint name and returns it; null stays null.</summary>
    protected Parameter? Register(string name, Parameter? parameter)
    {
        if (parameter is not null)
        {
            parameter.DetachFromDisposeScope();
            register_parameter(name, parameter);
        }

        return parameter;
    }

    /// <summary>Registers a child under its checkpoint name and returns it.</summary>
    protected T Register<T>(string name, T module)
        where T : nn.Module
    {
        register_module(name, module);
        return module;
    }
}
