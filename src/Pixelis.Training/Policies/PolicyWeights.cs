using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>
/// What tells one policy from another on the same model: the active adapter, in PEFT's form, or else all parameters. Whoever trains and whoever
/// serves each have their own over their own instance of the model; a folder goes between them. Used by one thread at a time, and not during a
/// forward pass.
/// </summary>
/// <param name="model">The model. Not owned.</param>
/// <param name="adapters">Its adapters, of which the active one is meant; null for the model's own parameters. Not owned.</param>
internal sealed class PolicyWeights(ICausalModel model, AdapterSet? adapters = null)
{
    private const string ParametersFile = "parameters.safetensors";
    private const string Incoming = "pixelis-incoming";

    private readonly Projection[] _projections = [.. model.Module.modules().OfType<Projection>()];

    private string Active => adapters!.Active ?? throw new PixelisException("The adapter set has no active adapter; add or activate one first.");

    /// <summary>The rank of the adapter in a folder that <see cref="Save"/> wrote; 0 where it holds all parameters.</summary>
    /// <exception cref="ModelFormatException">It holds neither.</exception>
    public static int RankIn(string folder) =>
        File.Exists(Path.Combine(folder, ParametersFile)) ? 0 : AdapterConfigFile.Read(Path.Combine(folder, AdapterConfigFile.FileName)).Rank;

    /// <summary>Writes the weights into a folder, which is made when absent.</summary>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (adapters is not null)
        {
            adapters.Save(Active, folder);
            return;
        }

        Directory.CreateDirectory(folder);
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        SafetensorsWriter.WriteFile(Path.Combine(folder, ParametersFile), model.Module.named_parameters().ToDictionary(p => p.name, p => p.parameter.detach()));
    }

    /// <summary>Takes the values of a folder that <see cref="Save"/> wrote. The parameters stay the objects they are.</summary>
    /// <exception cref="PixelisException">The folder does not fit the model or the adapter; nothing has changed.</exception>
    public void Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (adapters is null)
            LoadParameters(Path.Combine(folder, ParametersFile));
        else
            LoadAdapter(folder, Active);
        NoteChange();
    }

    /// <summary>Says that the parameters were written to: outputs that were kept belong to other weights.</summary>
    internal void NoteChange()
    {
        foreach (Projection projection in _projections)
            projection.NoteChange();
    }

    private void LoadAdapter(string folder, string active)
    {
        bool training = adapters!.Training;
        bool[] asked = [.. adapters.NamedParameters(active).Select(p => p.Parameter.requires_grad)];
        adapters.Load(folder, Incoming);
        try
        {
            Dictionary<string, Parameter> incoming = adapters.NamedParameters(Incoming).ToDictionary(p => p.Name, p => p.Parameter);
            (string Name, Parameter Parameter)[] held = [.. adapters.NamedParameters(active)];
            if (held.Length != incoming.Count || held.FirstOrDefault(p => !Fits(p, incoming)) is { Name: not null })
                throw new PixelisException($"{folder} holds an adapter of other layers or ranks than '{active}'; weights go only between adapters of the same options.");
            foreach (string path in adapters.Layers(active).Keys.Where(p => adapters.Layers(active)[p].Scale != adapters.Layers(Incoming)[p].Scale))
                throw new PixelisException($"{folder} holds an adapter whose layer {path} is scaled otherwise than that of '{active}'; weights go only between adapters of the same options.");
            Copy(held.Select(p => ((Tensor)p.Parameter, (Tensor)incoming[p.Name])));
        }
        finally
        {
            adapters.Remove(Incoming);
            adapters.Activate(active);
            adapters.Training = training;
            foreach ((bool asks, (_, Parameter parameter)) in asked.Zip(adapters.NamedParameters(active)))
                parameter.requires_grad = asks;
        }

        static bool Fits((string Name, Parameter Parameter) held, Dictionary<string, Parameter> incoming) =>
            incoming.TryGetValue(held.Name, out Parameter? other) && other.shape.AsSpan().SequenceEqual(held.Parameter.shape);
    }

    private void LoadParameters(string file)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using SafetensorsReader reader = SafetensorsReader.Open(file);
        (string Name, Parameter Parameter)[] held = [.. model.Module.named_parameters().Select(p => (p.name, p.parameter))];
        foreach ((string name, Parameter parameter) in held)
        {
            if (!reader.Entries.TryGetValue(name, out SafetensorsEntry? entry) || !entry.Shape.SequenceEqual(parameter.shape))
                throw new PixelisException($"{file} lacks the parameter {name} of shape [{string.Join(", ", parameter.shape)}]; it is of another model.");
        }

        Copy(held.Select(p => ((Tensor)p.Parameter, reader.Read(p.Name))));
    }

    private static void Copy(IEnumerable<(Tensor To, Tensor From)> pairs)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        foreach ((Tensor to, Tensor from) in pairs)
            to.copy_(from);
    }
}
