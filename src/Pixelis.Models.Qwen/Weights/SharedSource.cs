using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>The parameters of another module tree: new objects over the same memory, which is freed with the last of them.</summary>
internal sealed class SharedSource(QwenNetwork network) : IParameterSource
{
    private readonly Dictionary<string, Parameter> _parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter, StringComparer.Ordinal);

    public Parameter Take(string name)
    {
        using IDisposable mode = torch.inference_mode(false);
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        var parameter = new Parameter(_parameters[name].detach(), requires_grad: false);
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
