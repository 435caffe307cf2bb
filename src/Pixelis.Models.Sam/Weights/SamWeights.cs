using Pixelis.Tensors;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>
/// The parameters of a model, checked against its config before one of them is touched. Those that are stored as float32 stay in the
/// mapped file on the CPU; others are converted. Owns every tensor it gives out.
/// </summary>
internal sealed class SamWeights : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    private SamWeights()
    {
    }

    /// <summary>The parameter of that name; not the caller's to dispose.</summary>
    public Tensor this[string name] => _tensors[name];

    /// <summary>The parameter of that name, or null where the config does not have it.</summary>
    public Tensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFormatException">A tensor is missing, is not part of the model, or has a wrong shape or type.</exception>
    public static SamWeights Open(string file, SamConfig config, Device device)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(file);
        IReadOnlyList<SamParameter> expected = SamParameters.Of(config);
        string frequencies = reader.Entries.ContainsKey(SamParameters.Frequencies) ? SamParameters.Frequencies : SamParameters.TiedFrequencies;
        Check(reader, expected);
        var weights = new SamWeights();
        try
        {
            foreach (SamParameter parameter in expected)
            {
                string stored = parameter.Name == SamParameters.Frequencies ? frequencies : parameter.Name;
                Tensor tensor = reader.Entries[stored].ElementType == ScalarType.Float32 && device.type == TorchSharp.DeviceType.CPU
                    ? reader.Map(stored)
                    : reader.Convert(stored, ScalarType.Float32, device);
                weights._tensors.Add(parameter.Name, tensor.DetachFromDisposeScope());
            }

            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values)
            tensor.Dispose();
        _tensors.Clear();
    }

    private static void Check(SafetensorsReader reader, IReadOnlyList<SamParameter> expected)
    {
        foreach (SamParameter parameter in expected)
        {
            if (Entry(reader, parameter.Name) is not { } entry)
                throw new SafetensorsException(reader.Path, parameter.Name, $"is missing; config.json implies shape [{string.Join(", ", parameter.Shape)}]");
            CheckShape(reader.Path, entry, parameter);
        }

        HashSet<string> known = [.. expected.Select(parameter => parameter.Name), SamParameters.TiedFrequencies];
        if (reader.Entries.Keys.FirstOrDefault(name => !known.Contains(name)) is { } extra)
            throw new SafetensorsException(reader.Path, extra, "is not part of the model that config.json describes");
        if (Entry(reader, SamParameters.Frequencies) is { } first && reader.Entries.TryGetValue(SamParameters.TiedFrequencies, out SafetensorsEntry? second))
        {
            CheckShape(reader.Path, second, expected[0]);
            CheckTied(reader, first.Name, second.Name);
        }
    }

    private static SafetensorsEntry? Entry(SafetensorsReader reader, string name) =>
        reader.Entries.GetValueOrDefault(name) ?? (name == SamParameters.Frequencies ? reader.Entries.GetValueOrDefault(SamParameters.TiedFrequencies) : null);

    private static void CheckShape(string file, SafetensorsEntry entry, SamParameter parameter)
    {
        bool anyLength = parameter.Kind == SamParameterKind.RelativePositions;
        bool fits = anyLength
            ? entry.Shape.Count == 2 && entry.Shape[0] > 0 && entry.Shape[1] == parameter.Shape[1]
            : entry.Shape.SequenceEqual(parameter.Shape);
        if (!fits)
        {
            string shape = anyLength ? $"any, {parameter.Shape[1]}" : string.Join(", ", parameter.Shape);
            throw new SafetensorsException(file, entry.Name, $"has shape [{string.Join(", ", entry.Shape)}], but config.json implies [{shape}]");
        }

        if (entry.ElementType is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float64))
            throw new SafetensorsException(file, entry.Name, $"has element type {entry.TypeName}; F32, F16 or BF16 was expected");
    }

    // Both encoders use one matrix. A file that holds it twice with different values was made by a mistake.
    private static void CheckTied(SafetensorsReader reader, string first, string second)
    {
        if (first == second)
            return;
        using Tensor a = reader.Convert(first, ScalarType.Float32, CPU), b = reader.Convert(second, ScalarType.Float32, CPU);
        if (!a.allclose(b, 0, 0))
            throw new SafetensorsException(reader.Path, second, $"differs from '{first}'; both name the same parameter");
    }
}
